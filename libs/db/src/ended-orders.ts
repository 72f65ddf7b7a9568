import type { OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import type { Action, Role } from '@orderlane/domain/order-plan';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

/** An order that ended without an answer; its job, if any, is dead. */
export interface EndedOrder extends DueOrder, Instrument {
  /** Null: a closing wished for it. */
  signalId: SignalId | null;
  strategyId: StrategyId;
  strategyName: string;
  role: Role;
  action: Action;
  /** 0 for a smart exit. */
  quantity: number;
  attempt: number;
}

export interface EndedOrders {
  ended: EndedOrder[];
  /** Orders that waited for these; their jobs are to be added after the commit. */
  woken: DueOrder[];
}

const facts = sql`
  id, account_id as "accountId", lane, priority, exchange, symbol, product,
  strategy_id as "strategyId", strategy_name as "strategyName", role, action, quantity, attempt,
  signal_id as "signalId"`;

/**
 * Ends queued orders whose age ran out, whether or not a lane ever serves them, oldest first. Rows
 * that another process holds are left to it.
 */
export async function expireOrders(db: Db, args: { limit: number }): Promise<EndedOrders> {
  const { rows } = await sql<EndedOrder>`
    update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
    where id in (select id from orders where status = 'queued' and expires_at <= clock_timestamp()
      order by expires_at limit ${args.limit} for update skip locked)
    returning ${facts}`.execute(db);
  return { ended: rows, woken: await wakeWaitersOf(db, rows) };
}

/**
 * Calls whose process has gone silent: past lease and send window their fate is unknown. They become
 * indeterminate, never queued: a stopped process may still have written the request.
 */
export async function lapseLeases(db: Db, args: { limit: number }): Promise<EndedOrders> {
  const { rows } = await sql<EndedOrder>`
    update orders set status = 'indeterminate', code = 'lease_lost',
      reason = 'The executor that sent it went silent before the answer was recorded'
    where id in (select id from orders
      where status = 'submitting' and lease_until < clock_timestamp() and send_before < clock_timestamp()
      order by lease_until limit ${args.limit} for update skip locked)
    returning ${facts}`.execute(db);
  return { ended: rows, woken: await wakeWaitersOf(db, rows) };
}

async function wakeWaitersOf(db: Db, ended: readonly EndedOrder[]): Promise<DueOrder[]> {
  const ids = ended.map(({ id }) => id);
  return ids.length === 0 ? [] : await wakeWaiters(db, ids);
}

/** Clears the wait of orders that no longer need to wait for these; they are to be added to their lanes. */
export async function wakeWaiters(db: Db, ids: readonly OrderId[]): Promise<DueOrder[]> {
  const { rows } = await sql<{ woken: DueOrder[] }>`
    select wake_waiters(id) as woken from unnest(${ids}::uuid[]) id`.execute(db);
  return rows.flatMap(({ woken }) => woken);
}
