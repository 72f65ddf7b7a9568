import { exitCodes } from '@orderlane/domain/alert-policy';
import type { OrderId, SignalId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An alert that a target does not have yet, with the names that a person knows. */
export interface DueAlert {
  id: number;
  code: RefusalCode;
  subject: string;
  text: string;
  at: Date;
  /** How often the same happened so far. */
  count: number;
  account: string | null;
  strategy: string | null;
  symbol: string | null;
  orderId: OrderId | null;
  signalId: SignalId | null;
  /** About a position that stays open: it is named in a message whatever else happens. */
  isExit: boolean;
  /** The target took offence at a message with this alert in it. */
  isRefused: boolean;
  attempts: number;
}

/**
 * Makes a target this process's for `leaseMs`; undefined while it is another's, or is to be left
 * alone after a failure.
 */
export async function takeAlertTarget(
  db: Db,
  args: { target: string; leaseMs: number },
): Promise<{ failures: number } | undefined> {
  const { rows } = await sql<{ failures: number }>`
    insert into alert_targets as t (target, lease_until) values (${args.target}, clock_timestamp() + ms(${args.leaseMs}))
      on conflict (target) do update set lease_until = excluded.lease_until
        where t.lease_until <= clock_timestamp() and t.next_at <= clock_timestamp()
    returning failures`.execute(db);
  return rows[0];
}

/** Keeps a target for the next message. */
export async function keepAlertTarget(
  db: Db,
  args: { target: string; leaseMs: number },
): Promise<void> {
  await db
    .updateTable('alert_targets')
    .set({ lease_until: sql<Date>`clock_timestamp() + ms(${args.leaseMs})` })
    .where('target', '=', args.target)
    .execute();
}

/** Lets others have a target, after `pauseMs`; 0 failures when the last message arrived. */
export async function leaveAlertTarget(
  db: Db,
  args: { target: string; failures: number; pauseMs: number },
): Promise<void> {
  const { target, failures, pauseMs } = args;
  const next_at = sql<Date>`clock_timestamp() + ms(${pauseMs})`;
  const lease_until = sql<Date>`'-infinity'`;
  await db
    .updateTable('alert_targets')
    .set({ failures, next_at, lease_until })
    .where('target', '=', target)
    .execute();
}

export interface DueAlertsQuery {
  target: string;
  unwanted: readonly RefusalCode[];
  /** Older ones are not sent any more (ms). */
  maxAgeMs: number;
  /** After `burstMessages` messages of a code in this time (ms) more of it wait, exits excepted. */
  burstMs: number;
  burstMessages: number;
  limit: number;
}

/** What a target should have now: first what was not tried yet, oldest first. */
export async function listDueAlerts(db: Db, query: DueAlertsQuery): Promise<DueAlert[]> {
  const { target, unwanted, maxAgeMs, burstMs, burstMessages, limit } = query;
  const { rows } = await sql<DueAlert>`
    with busy as (
      select b.code from alert_deliveries x join alerts b on b.id = x.alert_id
      where x.target = ${target} and x.sent_at > now() - ms(${burstMs})
      group by b.code having count(distinct x.sent_at) >= ${burstMessages})
    select a.id, a.code, a.subject, a.text, a.at, a.count, n.name as account,
      coalesce(s.name, o.strategy_name) as strategy, o.exchange || ':' || o.symbol as symbol,
      a.order_id as "orderId", a.signal_id as "signalId", e.is_exit as "isExit",
      coalesce(d.is_refused, false) as "isRefused", coalesce(d.attempts, 0) as attempts
    from alerts a
      left join alert_deliveries d on d.alert_id = a.id and d.target = ${target}
      left join orders o on o.id = a.order_id
      left join strategies s on s.id = a.strategy_id
      left join openalgo_accounts n on n.id = coalesce(a.account_id, o.account_id, s.account_id),
      lateral (select (o.role is not distinct from 'exit' or a.code = any(${exitCodes}::text[])) as is_exit) e
    where a.sent_at is null and a.given_up_at is null and a.at > now() - ms(${maxAgeMs})
      and a.code <> all(${unwanted}::text[])
      and d.sent_at is null and coalesce(d.next_at, '-infinity') <= clock_timestamp()
      and (e.is_exit or a.code not in (select code from busy))
    order by attempts, a.id
    limit ${limit}`.execute(db);
  return rows;
}

/** Writes down that one message with these alerts arrived. */
export async function recordAlertsSent(
  db: Db,
  args: { target: string; ids: readonly number[] },
): Promise<void> {
  await sql`
    insert into alert_deliveries as d (alert_id, target, sent_at, attempts)
      select id, ${args.target}, now(), 1 from unnest(${args.ids}::bigint[]) id
      on conflict (alert_id, target) do update set sent_at = excluded.sent_at, attempts = d.attempts + 1, error = null
        where d.sent_at is null`.execute(db);
}

/** Writes down that one message with these alerts did not arrive. */
export async function recordAlertsFailed(
  db: Db,
  args: {
    target: string;
    ids: readonly number[];
    error: string;
    isRefused: boolean;
    pauseMs: number;
  },
): Promise<void> {
  const { target, ids, error, isRefused, pauseMs } = args;
  await sql`
    insert into alert_deliveries as d (alert_id, target, attempts, next_at, is_refused, error)
      select id, ${target}, 1, clock_timestamp() + ms(${pauseMs}), ${isRefused}, ${error} from unnest(${ids}::bigint[]) id
      on conflict (alert_id, target) do update set attempts = d.attempts + 1, next_at = excluded.next_at,
          is_refused = d.is_refused or excluded.is_refused, error = excluded.error
        where d.sent_at is null`.execute(db);
}

/** Closes alerts that every one of the targets has. Rows that are being counted up are left for later. */
export async function closeSentAlerts(
  db: Db,
  args: { targets: readonly string[]; limit: number },
): Promise<void> {
  await sql`
    update alerts set sent_at = clock_timestamp() where id in (
      select a.id from alerts a
      where a.sent_at is null and a.given_up_at is null
        and (select count(*) from alert_deliveries d
          where d.alert_id = a.id and d.sent_at is not null and d.target = any(${args.targets}::text[])) = ${args.targets.length}
      limit ${args.limit} for update skip locked)`.execute(db);
}

/** Gives alerts up that grew too old; returns the codes of those that somebody wanted. */
export async function giveUpAlerts(
  db: Db,
  args: { unwanted: readonly RefusalCode[]; maxAgeMs: number; limit: number },
): Promise<RefusalCode[]> {
  const { rows } = await sql<{ code: RefusalCode }>`
    update alerts set given_up_at = clock_timestamp() where id in (
      select id from alerts
      where sent_at is null and given_up_at is null and at <= now() - ms(${args.maxAgeMs})
      order by at limit ${args.limit} for update skip locked)
    returning code`.execute(db);
  return rows.map(({ code }) => code).filter((code) => !args.unwanted.includes(code));
}
