import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** Alerts that somebody wants and that some target does not have yet. */
export interface AlertBacklog {
  waiting: number;
  /** Since the oldest of them was raised (ms); 0: none waits. */
  oldestForMs: number;
}

/** Counts what is neither sent nor given up; `unwanted` codes go to no target and wait for none. */
export async function readAlertBacklog(
  db: Db,
  args: { unwanted: readonly RefusalCode[] },
): Promise<AlertBacklog> {
  const { rows } = await sql<AlertBacklog>`
    select count(*)::integer as waiting,
        coalesce(extract(epoch from clock_timestamp() - min(at)) * 1000, 0)::float8 as "oldestForMs"
      from alerts
      where sent_at is null and given_up_at is null and code <> all(${args.unwanted}::text[])`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A count answered nothing');
  return row;
}
