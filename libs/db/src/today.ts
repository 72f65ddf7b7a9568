import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open-db.ts';

/** Whose strategies, and since when. */
export interface DayFilter {
  /** Null: everybody's. */
  tenant: string | null;
  /** Midnight of Asia/Kolkata. */
  since: Date;
}

export interface StrategyDay {
  strategyId: StrategyId;
  signals: number;
  /** Signals that led to nothing because they were refused. */
  refused: number;
  lastSignalAt: Date;
}

/** What reached each strategy's webhook that day; strategies that none reached are left out. */
export async function countSignals(db: Db, { tenant, since }: DayFilter): Promise<StrategyDay[]> {
  const { rows } = await sql<StrategyDay>`
    select strategy_id as "strategyId", count(*)::integer as signals,
        (count(*) filter (where verdict = 'refused'))::integer as refused, max(received_at) as "lastSignalAt"
      from signals
      where received_at >= ${since} and ${ofTenant(tenant)}
      group by strategy_id`.execute(db);
  return rows;
}

export interface OrdersDay {
  strategyId: StrategyId;
  orders: number;
  filled: number;
}

export async function countOrders(db: Db, { tenant, since }: DayFilter): Promise<OrdersDay[]> {
  const { rows } = await sql<OrdersDay>`
    select strategy_id as "strategyId", count(*)::integer as orders,
        (count(*) filter (where status = 'filled'))::integer as filled
      from orders
      where stored_at >= ${since} and ${ofTenant(tenant)}
      group by strategy_id`.execute(db);
  return rows;
}

export interface LaneLoad {
  accountId: AccountId;
  lane: Lane;
  queued: number;
  inFlight: number;
  /** Calls that left in the last minute. */
  sentLastMinute: number;
}

/** What waits on each lane and what left it; lanes on which nothing happened are left out. */
export async function listLaneLoads(db: Db, { tenant, since }: DayFilter): Promise<LaneLoad[]> {
  const { rows } = await sql<LaneLoad>`
    select account_id as "accountId", lane,
        (count(*) filter (where status = 'queued'))::integer as queued,
        (count(*) filter (where status = 'submitting'))::integer as "inFlight",
        (count(*) filter (where sent_at > now() - interval '1 minute'))::integer as "sentLastMinute"
      from orders
      where (stored_at >= ${since} or status in ('queued', 'submitting')) and ${ofTenant(tenant)}
      group by account_id, lane`.execute(db);
  return rows;
}

/** Milliseconds that half, 95 and 99 of 100 orders took at the most; null: there were none. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface Latencies {
  /** From the store to the call. */
  storedToSent: Percentiles;
  /** From the call to OpenAlgo's answer. */
  sentToAnswered: Percentiles;
}

export async function readLatencies(db: Db, { tenant, since }: DayFilter): Promise<Latencies> {
  const { rows } = await sql<{ sent: number[] | null; answered: number[] | null }>`
    select
        percentile_cont(array[0.5, 0.95, 0.99]) within group (order by ${msBetween('stored_at', 'sent_at')}) as sent,
        percentile_cont(array[0.5, 0.95, 0.99]) within group (order by ${msBetween('sent_at', 'answered_at')}) as answered
      from orders
      where stored_at >= ${since} and sent_at is not null and ${ofTenant(tenant)}`.execute(db);
  const [row] = rows;
  return {
    storedToSent: percentilesOf(row?.sent),
    sentToAnswered: percentilesOf(row?.answered),
  };
}

/** Calls that left in a minute. */
export interface MinuteOfCalls {
  at: Date;
  calls: number;
}

/** The last hour's minutes in which calls left, oldest first. */
export async function listCallsByMinute(
  db: Db,
  { tenant }: Pick<DayFilter, 'tenant'>,
): Promise<MinuteOfCalls[]> {
  const { rows } = await sql<MinuteOfCalls>`
    select date_trunc('minute', e.sent_at) as at, count(*)::integer as calls
      from orders join executions e on e.order_id = orders.id
      where orders.stored_at > now() - interval '2 hours' and e.sent_at > now() - interval '1 hour'
        and ${ofTenant(tenant)}
      group by 1 order by 1`.execute(db);
  return rows;
}

function ofTenant(tenant: string | null): RawBuilder<boolean> {
  if (tenant === null) return sql<boolean>`true`;
  return sql<boolean>`strategy_id in (select id from strategies where user_id = ${tenant})`;
}

function msBetween(from: string, to: string): RawBuilder<number> {
  return sql<number>`extract(epoch from ${sql.ref(to)} - ${sql.ref(from)})::double precision * 1000`;
}

function percentilesOf(values: number[] | null | undefined): Percentiles {
  const [p50 = null, p95 = null, p99 = null] = values ?? [];
  return { p50, p95, p99 };
}
