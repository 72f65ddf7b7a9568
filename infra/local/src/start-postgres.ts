import { mkdir } from 'node:fs/promises';
import { Client } from 'pg';
import { assertPortFree } from './assert-port-free.ts';
import { LOCAL_POSTGRES_ROLE, preparePostgresFolder, unusable } from './init-postgres.ts';
import { LocalStackError } from './local-stack-error.ts';
import { poll } from './poll.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findPostgresUser } from './postgres-user.ts';
import { signalProcess } from './signal-process.ts';
import { type Child, describeExit, startChild } from './start-child.ts';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
/** Lines of the server's log that a message shows. */
const LAST_WORDS = 8;

/**
 * Settings of a server whose data may be lost when the machine loses power, not when a process is
 * killed: commits still wait for the write, as the program checks at its start.
 */
export const QUICK_POSTGRES = { fsync: 'off', full_page_writes: 'off' };

export interface PostgresSpec {
  /** Holds the data and the password; made when missing, continued when there. */
  dir: string;
  port: number;
  /** The environment variable that chooses the port, named when it is taken. */
  portVariable?: string;
  /** Server settings, such as `fsync` or `synchronous_commit`. */
  settings?: Record<string, string>;
  onLine?: (line: string) => void;
}

export interface LocalPostgres extends AsyncDisposable {
  readonly port: number;
  /** The address of a database of this server, with its password. */
  databaseUrl(database: string): string;
  /** Resolves when the server has ended, with how it did. */
  readonly ended: Promise<string>;
  /** Ends open connections, then the server ("fast shutdown"). */
  stop(): Promise<void>;
  /** Ends the whole server as a crash would; what was committed is there after the next start. */
  kill(): Promise<void>;
  /** The server and its open connections answer nothing (SIGSTOP), until resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/**
 * Starts the embedded Postgres on 127.0.0.1.
 * @throws LocalStackError when the port is taken or the data cannot be used
 */
export async function startPostgres(spec: PostgresSpec): Promise<LocalPostgres> {
  await mkdir(spec.dir, { recursive: true, mode: 0o755 });
  await assertPortFree({ port: spec.port, variable: spec.portVariable, what: 'Postgres' });
  const binaries = await findPostgresBinaries();
  const user = await findPostgresUser([binaries.postgres, `${spec.dir}/data`]);
  const { dataDir, password } = await preparePostgresFolder({ binaries, user }, spec.dir);
  const child = await startChild({
    name: 'postgres',
    stopSignal: 'SIGINT',
    ...user.runAs(binaries.postgres, serverArgs(spec, dataDir)),
    ...(spec.onLine && { onLine: spec.onLine }),
  });
  const databaseUrl = (database: string) =>
    `postgres://${LOCAL_POSTGRES_ROLE}:${password}@127.0.0.1:${spec.port}/${database}`;
  await waitUntilReady({ child, dir: spec.dir, databaseUrl });
  return { port: spec.port, databaseUrl, ...handle(child, databaseUrl('postgres')) };
}

function handle(child: Child, adminUrl: string) {
  let paused: number[] = [];
  const resume = () => {
    for (const pid of paused) signalProcess(pid, 'SIGCONT');
    paused = [];
  };
  const stop = async () => {
    resume();
    await child.stop(STOP_WITHIN_MS);
  };
  return {
    ended: child.exited.then(describeExit),
    stop,
    kill: async () => {
      resume();
      // Not SIGKILL: the server's own processes would live on for a while and hold the data.
      child.signal('SIGQUIT');
      await child.exited;
    },
    pause: async () => {
      paused = [child.pid, ...(await listServerProcesses(adminUrl))];
      for (const pid of paused) signalProcess(pid, 'SIGSTOP');
    },
    resume: async () => await Promise.resolve(resume()),
    [Symbol.asyncDispose]: stop,
  };
}

async function listServerProcesses(adminUrl: string): Promise<number[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where pid <> pg_backend_pid()',
    );
    return rows.map((row) => row.pid);
  } finally {
    await client.end();
  }
}

function serverArgs(spec: PostgresSpec, dataDir: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    // Loopback only: no socket file to be left behind or to collide.
    unix_socket_directories: '',
    max_connections: '300',
    ...spec.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(spec.port), ...flags];
}

async function waitUntilReady(server: {
  child: Child;
  dir: string;
  databaseUrl: (database: string) => string;
}): Promise<void> {
  const check = () => {
    if (server.child.hasExited()) throw new Error('Postgres ended');
  };
  try {
    await poll(async () => await answers(server.databaseUrl('postgres')), {
      what: 'Postgres',
      withinMs: READY_WITHIN_MS,
      check,
    });
  } catch (error) {
    await server.child.stop();
    if (server.child.tail().includes('"postmaster.pid" already exists')) throw inUse(server, error);
    const lastWords = server.child.tail().split('\n').slice(-LAST_WORDS).join('\n');
    throw unusable(server.dir, `the server did not start on it:\n${lastWords}\n`, error);
  }
}

function inUse(server: { dir: string; child: Child }, cause: unknown): LocalStackError {
  return new LocalStackError(
    `Another Postgres still runs on ${server.dir}: is Orderlane started twice on the same data? Stop the other one first. Postgres says:\n${server.child.tail()}`,
    { cause },
  );
}

async function answers(connectionString: string): Promise<true> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}
