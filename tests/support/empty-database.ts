import { type Db, openDb } from '@orderlane/db/open-db';
import { QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { createDatabase } from './database-admin.ts';
import { freePort } from './free-port.ts';

export interface EmptyDatabase extends AsyncDisposable {
  databaseUrl: string;
  db: Db;
}

/** A Postgres server of its own with one database in which there is nothing, not even a schema. */
export async function emptyDatabase(
  settings: Record<string, string> = QUICK_POSTGRES,
): Promise<EmptyDatabase> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await makeTemporaryFolder());
  const server = await startPostgres({
    dir: `${folder.path}/postgres`,
    port: await freePort(),
    settings,
  });
  stack.defer(async () => await server.kill());
  await createDatabase(server.databaseUrl('postgres'), { name: 'orderlane' });
  const databaseUrl = server.databaseUrl('orderlane');
  const opened = openDb({ databaseUrl, poolSize: 5, onConnectionError: () => undefined });
  stack.defer(async () => await opened.close());
  return {
    databaseUrl,
    db: opened.db,
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}
