import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { ImpatientClient } from './impatient-client.ts';
import type { Database } from './schema/database.ts';

// Counts and sequence numbers are far below 2^53: numbers, not strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// A session date is a day of Asia/Kolkata, not an instant.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

export type Db = Kysely<Database>;

export interface OpenedDb {
  db: Db;
  /** The pool itself, for LISTEN and for what a test must see from outside. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface OpenDbOptions {
  databaseUrl: string;
  /** Connections at the most; each waiting caller queues for one. */
  poolSize: number;
  /** Told of connections that break: they are replaced; a query that was under way fails by itself. */
  onConnectionError?: (error: Error) => void;
}

/**
 * Opens a pool whose commits are synchronous: an accepted signal is on disk when it is answered. A query that takes
 * longer than 10 s is ended by Postgres, one without any answer fails after 15 s.
 */
export function openDb(options: OpenDbOptions): OpenedDb {
  const pool = new pg.Pool({
    Client: ImpatientClient,
    connectionString: options.databaseUrl,
    max: options.poolSize,
    // Kept however long nobody asks: a signal after a quiet hour, and the rush of a session's open,
    // meet connections whose statements are planned already.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 2000,
    // A claim whose process died while it waited must not be taken afterwards.
    options:
      '-c synchronous_commit=on -c statement_timeout=10000 -c client_connection_check_interval=1000',
    keepAlive: true,
    // One whose server is gone without a word is found while nobody asks, not by the next signal.
    keepAliveInitialDelayMillis: 10_000,
  });
  // Without a listener a connection's end would end the process: the pool listens to idle ones only,
  // and one that breaks in the middle of a query says so here besides failing the query.
  const onError = (error: Error) => options.onConnectionError?.(error);
  pool.on('error', onError);
  pool.on('connect', (client) => void client.on('error', onError));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    // Kysely ends the pool only when it has used it, and an open pool keeps a process alive.
    if (!pool.ended) await pool.end();
  };
  return { db, pool, close };
}

/** @throws when Postgres does not answer. */
export async function pingDb(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
