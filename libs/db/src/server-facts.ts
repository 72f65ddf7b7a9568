import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How a Postgres is set up, as a connection of ours has it. */
export interface ServerFacts {
  version: string;
  synchronousCommit: string;
  fsync: string;
  fullPageWrites: string;
  /** Empty: commits wait for no standby. */
  standbyNames: string;
  /** Standbys that commits wait for and that are connected; null: this role may not see them. */
  syncStandbys: number | null;
  isStandby: boolean;
}

export async function readServerFacts(db: Db): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version') as version,
      current_setting('synchronous_commit') as "synchronousCommit", current_setting('fsync') as fsync,
      current_setting('full_page_writes') as "fullPageWrites",
      current_setting('synchronous_standby_names') as "standbyNames",
      (select case when bool_or(sync_state is null) then null
        else count(*) filter (where sync_state in ('sync', 'quorum')) end::integer from pg_stat_replication) as "syncStandbys",
      pg_is_in_recovery() as "isStandby"`.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new Error('Postgres did not tell its settings');
  return facts;
}
