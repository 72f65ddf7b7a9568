import path from 'node:path';
import type { Log } from '@orderlane/runtime/log';
import { Client, escapeIdentifier } from 'pg';
import type { LocalConfig } from './config.ts';
import { LocalStackError } from './local-stack-error.ts';
import { startPostgres } from './start-postgres.ts';
import { supervise } from './supervise.ts';

const DATABASE = 'orderlane';

/** One of the servers that everything stands on. */
export interface Server {
  url: string;
  /** Where it is and what it is, for people; no password. */
  description: string;
}

interface ServerDeps {
  config: LocalConfig;
  log: Log;
  started: AsyncDisposableStack;
}

/**
 * The given Postgres (DATABASE_URL), looked at once, or the embedded one with its data in the data
 * folder.
 * @throws LocalStackError when the given one does not answer or the embedded one cannot start
 */
export async function openLocalDatabase(deps: ServerDeps): Promise<Server> {
  const given = deps.config.DATABASE_URL;
  if (given === undefined) return await startEmbedded(deps);
  const { host } = new URL(given);
  try {
    await runStatement(given, 'select 1');
  } catch (error) {
    throw new LocalStackError(
      `The Postgres at ${host} (DATABASE_URL) does not answer: ${reason(error)}. Start it, or set the address right; without DATABASE_URL an embedded Postgres is used.`,
      { cause: error },
    );
  }
  return { url: given, description: `${host}  (DATABASE_URL)` };
}

async function startEmbedded({ config, log, started }: ServerDeps): Promise<Server> {
  const dir = path.resolve(config.DATA_DIR, 'postgres');
  const port = config.LOCAL_POSTGRES_PORT;
  let url = '';
  const start = async () => {
    const server = await startPostgres({ dir, port, portVariable: 'LOCAL_POSTGRES_PORT' });
    await createMissing(server.databaseUrl('postgres'));
    url = server.databaseUrl(DATABASE);
    return server;
  };
  started.use(await supervise({ name: 'postgres', log, start }));
  return { url, description: `127.0.0.1:${port}  (embedded, data in ${dir})` };
}

async function createMissing(adminUrl: string): Promise<void> {
  try {
    await runStatement(adminUrl, `create database ${escapeIdentifier(DATABASE)}`);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === '42P04';
    if (!isThere) throw error;
  }
}

async function runStatement(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function reason(error: unknown): string {
  // A refused connection to a name with several addresses has no message of its own.
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return error instanceof Error ? error.message : String(error);
}
