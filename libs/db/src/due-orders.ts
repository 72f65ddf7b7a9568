import type { OrderId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

/**
 * Queued orders that could be sent now: past their `not_before`, held by no brake, waiting for
 * nothing that still stands in their way. Exits first, oldest first.
 */
export async function listDueOrders(db: Db, args: { limit: number }): Promise<DueOrder[]> {
  const { rows } = await sql<DueOrder>`
    select o.id, o.account_id as "accountId", o.lane, o.priority
    from orders o left join orders b on b.id = o.waits_for
    where o.status = 'queued' and o.expires_at > now()
      and (o.not_before is null or o.not_before <= now())
      and (b.id is null or o.waits_until <= now() or not order_blocks(o, b))
      and account_brake(o.account_id, o.strategy_id, o.role) is null
    order by o.priority, o.stored_at
    limit ${args.limit}`.execute(db);
  return rows;
}

/** An order that ended without a call; its job, if any, is dead. */
export interface EndedOrder extends DueOrder {
  strategyId: number;
  role: 'entry' | 'exit';
  symbol: string;
  woken: DueOrder[];
}

/** Ends queued orders whose age ran out, whether or not a lane ever serves them; wakes who waited. */
export async function expireOrders(db: Db, args: { limit: number }): Promise<EndedOrder[]> {
  const { rows } = await sql<EndedOrder>`
    with gone as (
      update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id in (select id from orders where status = 'queued' and expires_at <= now()
        order by expires_at limit ${args.limit} for update skip locked)
      returning *)
    select id, account_id as "accountId", lane, priority, strategy_id as "strategyId", role, symbol,
      '[]'::jsonb as woken from gone`.execute(db);
  return rows;
}

/**
 * Calls whose process has gone silent: past lease and send window their fate is unknown. They become
 * indeterminate, never queued: a stopped process may still have written the request.
 */
export async function lapseLeases(db: Db, args: { limit: number }): Promise<EndedOrder[]> {
  const { rows } = await sql<EndedOrder>`
    with gone as (
      update orders set status = 'indeterminate', code = 'lease_lost',
        reason = 'The executor that sent it went silent before the answer was recorded'
      where id in (select id from orders
        where status = 'submitting' and lease_until < clock_timestamp() and send_before < clock_timestamp()
        order by lease_until limit ${args.limit} for update skip locked)
      returning *)
    select id, account_id as "accountId", lane, priority, strategy_id as "strategyId", role, symbol,
      '[]'::jsonb as woken from gone`.execute(db);
  for (const row of rows) row.woken = await wakeWaiters(db, row.id);
  return rows;
}

/** Clears the wait of orders that waited for this one; returns those to be added to their lanes. */
export async function wakeWaiters(db: Db, orderId: OrderId): Promise<DueOrder[]> {
  const { rows } = await sql<{
    woken: DueOrder[];
  }>`select wake_waiters(${orderId}) as woken`.execute(db);
  return rows[0]?.woken ?? [];
}

/** What an executor looks at before it asks for a slot: cheap, decides nothing for good. */
export interface OrderToSend {
  id: OrderId;
  status: string;
  attempt: number;
  role: 'entry' | 'exit';
  lane: 'regular' | 'smart';
  priority: number;
  strategyName: string;
  exchange: Exchange;
  symbol: string;
  product: Product;
  action: 'BUY' | 'SELL';
  quantity: number;
  targetPosition: number | null;
  /** True when a claim now would surely come to nothing: no slot should be spent on it. */
  hopeless: boolean;
}

/** The order as it stands, or undefined when the job names none. */
export async function findOrderToSend(db: Db, id: OrderId): Promise<OrderToSend | undefined> {
  const { rows } = await sql<OrderToSend>`
    select o.id, o.status, o.attempt, o.role, o.lane, o.priority, o.strategy_name as "strategyName",
      o.exchange, o.symbol, o.product, o.action, o.quantity, o.target_position as "targetPosition",
      (o.status <> 'queued' or o.not_before > clock_timestamp()
        or (b.id is not null and order_blocks(o, b) and (o.waits_until is null or o.waits_until > clock_timestamp()))
        or account_brake(o.account_id, o.strategy_id, o.role) is not null) is true as hopeless
    from orders o left join orders b on b.id = o.waits_for
    where o.id = ${id}`.execute(db);
  return rows[0];
}
