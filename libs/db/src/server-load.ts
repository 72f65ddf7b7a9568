import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How full Postgres is. */
export interface ServerLoad {
  connections: number;
  maxConnections: number;
  databaseBytes: number;
}

export async function readServerLoad(db: Db): Promise<ServerLoad> {
  const { rows } = await sql<ServerLoad>`
    select (select count(*)::integer from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::integer as "maxConnections",
      pg_database_size(current_database()) as "databaseBytes"`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres did not tell its load');
  return row;
}
