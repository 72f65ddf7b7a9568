import { migrate } from '@orderlane/db/migrate';
import { type LocalPostgres, QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { createDatabase } from './database-admin.ts';
import { freePort } from './free-port.ts';

/** A Postgres of the test's own, migrated, to be stopped and killed. */
export interface PrivatePostgres extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly port: number;
  /** Starts it again on the same port and data after `stop` or `kill`. */
  start(): Promise<void>;
  /** Ends connections and server in order. */
  stop(): Promise<void>;
  /** Ends the whole server as a crash would; what was committed is there after `start`. */
  kill(): Promise<void>;
  /** The server and its open connections answer nothing (SIGSTOP), until resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Starts an embedded Postgres that only this test uses, with one migrated database. */
export async function startPrivatePostgres(): Promise<PrivatePostgres> {
  const folder = await makeTemporaryFolder();
  const port = await freePort();
  const spec = { dir: `${folder.path}/postgres`, port, settings: QUICK_POSTGRES };
  let server = await startPostgres(spec);
  await createDatabase(server.databaseUrl('postgres'), { name: 'orderlane' });
  const databaseUrl = server.databaseUrl('orderlane');
  await migrate(databaseUrl);
  return {
    databaseUrl,
    port,
    start: async () => {
      server = await startPostgres(spec);
    },
    stop: async () => await server.stop(),
    kill: async () => await server.kill(),
    pause: async () => await server.pause(),
    resume: async () => await server.resume(),
    [Symbol.asyncDispose]: async () => await dispose(server, folder),
  };
}

async function dispose(server: LocalPostgres, folder: AsyncDisposable): Promise<void> {
  await server.kill();
  await folder[Symbol.asyncDispose]();
}
