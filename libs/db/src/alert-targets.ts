import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** Somebody who is told, and how that goes. */
export interface AlertTargetState {
  /** `telegram`, `webhook` */
  target: string;
  /** In a row; 0: the last message arrived, or none was sent yet. */
  failures: number;
  /** When it is tried again after a failure; null: whenever there is something. */
  nextAt: Date | null;
  lastSentAt: Date | null;
  /** Alerts that were tried and have not arrived. */
  undelivered: number;
  /** Of the newest of them. */
  error: string | null;
}

/** Every target that a scheduler is configured for. */
export async function listAlertTargets(db: Db): Promise<AlertTargetState[]> {
  const { rows } = await sql<AlertTargetState>`
    select t.target, t.failures, case when t.next_at > now() then t.next_at end as "nextAt",
        max(d.sent_at) as "lastSentAt",
        (count(*) filter (where w.id is not null))::integer as undelivered,
        (array_agg(d.error order by d.alert_id desc) filter (where w.id is not null))[1] as error
      from alert_targets t
        left join alert_deliveries d on d.target = t.target
        left join alerts w on w.id = d.alert_id and d.sent_at is null and w.given_up_at is null
      group by t.target
      order by t.target`.execute(db);
  return rows;
}

/**
 * Says which targets there are, from a scheduler's configuration. Those that are gone from it go,
 * unless another scheduler is sending to them right now.
 */
export async function keepAlertTargets(db: Db, names: readonly string[]): Promise<void> {
  await sql`
    with gone as (
      delete from alert_targets where target <> all(${names}::text[]) and lease_until <= clock_timestamp())
    insert into alert_targets (target) select unnest(${names}::text[])
      on conflict (target) do nothing`.execute(db);
}
