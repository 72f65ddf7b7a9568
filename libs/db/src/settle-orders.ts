import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import type { Lane } from '@orderlane/domain/lane';
import type { Action, Role } from '@orderlane/domain/order-plan';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An order whose fate is to be found out, with the instants of the database as ms. */
export interface OrderToSettle extends Instrument {
  id: OrderId;
  /** Null: a closing wished for it. */
  signalId: SignalId | null;
  accountId: AccountId;
  role: Role;
  attempt: number;
  strategyId: StrategyId;
  strategyName: string;
  status: 'indeterminate' | 'awaiting_approval' | 'absent';
  lane: Lane;
  action: Action;
  quantity: number;
  /** What a smart order's target lacked when it was claimed, signed; null: unknown, or a regular order. */
  smartDelta: number | null;
  claimedAtMs: number;
  /** See `FollowedOrder`. */
  calledAgoMs: number;
  wasUnseen: boolean;
  /** It was being sent when a backup was made, and this is that backup. */
  isRestored: boolean;
  /** It was called before OpenAlgo was first seen in its present mode. */
  mayBeInOtherBook: boolean;
}

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

interface BookOf {
  accountId: AccountId;
  mode: TradingModeSeen;
}

export interface OrdersToSettle {
  orders: OrderToSettle[];
  /** Keys of the instruments on which an order of ours is just being sent. */
  submitting: Set<string>;
}

type SentOrder = OrderToSettle | (Omit<OrderToSettle, 'status'> & { status: 'submitting' });

/**
 * Orders of the book's day that were called and have no broker order of their own, and what is just being
 * sent. One statement: an order whose answer was lost between two would be in neither list, and a twin
 * of it would be given its row.
 */
export async function listOrdersToSettle(db: Db, book: BookOf): Promise<OrdersToSettle> {
  const { rows } = await sql<SentOrder>`
    select id, signal_id as "signalId", account_id as "accountId", role, attempt, strategy_id as "strategyId", strategy_name as "strategyName", status, lane, exchange, symbol, product,
      action, quantity, case lane when 'smart' then target_position - position_before(orders, ${book.mode}) end as "smartDelta",
      ${ms('claimed_at')} as "claimedAtMs", ${ms('(clock_timestamp() - coalesce(answered_at, claimed_at))')} as "calledAgoMs", unseen_since is not null as "wasUnseen",
      (code = 'database_restored') is true as "isRestored",
      (claimed_at < (select mode_since from openalgo_accounts where id = account_id)) is true as "mayBeInOtherBook"
    from orders
    where account_id = ${book.accountId} and status in ('submitting', 'indeterminate', 'awaiting_approval', 'absent')
      and claimed_at >= book_day_start()
    order by claimed_at`.execute(db);
  const submitting = rows.filter(({ status }) => status === 'submitting').map(instrumentKey);
  return { orders: rows.filter(isToSettle), submitting: new Set(submitting) };
}

function isToSettle(order: SentOrder): order is OrderToSettle {
  return order.status !== 'submitting';
}

export interface UnclaimedBrokerOrder extends Instrument {
  brokerOrderId: string;
  action: Action;
  quantity: number;
  firstSeenAtMs: number;
  wasAbsent: boolean;
  brokerTime: string | null;
  clientOrderId: string | null;
  /** See `UnclaimedRow`. */
  isRejected: boolean;
}

/** Rows of today's order book that no order of ours has for its own. */
export async function listUnclaimedBrokerOrders(
  db: Db,
  book: BookOf,
): Promise<UnclaimedBrokerOrder[]> {
  const { rows } = await sql<UnclaimedBrokerOrder>`
    select broker_order_id as "brokerOrderId", exchange, symbol, product, action, quantity,
      ${ms('first_seen_at')} as "firstSeenAtMs", absent_at is not null as "wasAbsent", broker_time as "brokerTime",
      client_order_id as "clientOrderId", status = 'rejected' and filled_quantity = 0 as "isRejected"
    from broker_orders b
    where account_id = ${book.accountId} and mode = ${book.mode} and last_seen_at >= book_day_start()
      and not exists (select from orders o
        where o.account_id = b.account_id and o.broker_order_id = b.broker_order_id
          and o.stored_at >= book_day_start() - interval '1 day')
    order by first_seen_at, broker_order_id`.execute(db);
  return rows;
}

/** An order whose rejection named no number, so that no row of the book is known to be its own. */
export interface NumberlessRejection extends Instrument {
  lane: Lane;
  action: Action;
  quantity: number;
  claimedAtMs: number;
}

/** Orders of the book's day that OpenAlgo or the broker rejected at once, without a number. */
export async function listNumberlessRejections(
  db: Db,
  accountId: AccountId,
): Promise<NumberlessRejection[]> {
  const { rows } = await sql<NumberlessRejection>`
    select exchange, symbol, product, lane, action, quantity, ${ms('claimed_at')} as "claimedAtMs"
    from orders
    where account_id = ${accountId} and final_at >= book_day_start() and status = 'rejected'
      and broker_order_id is null`.execute(db);
  return rows;
}

/**
 * Gives an order the broker order that it is; it is accepted from here on and followed to its end.
 * False when it has moved on, or another order has that number.
 */
export async function claimBrokerOrder(
  db: Db,
  args: { orderId: OrderId; brokerOrderId: string; by: string },
): Promise<boolean> {
  const { orderId, brokerOrderId, by } = args;
  const { rows } = await sql<{ done: boolean }>`
    select claim_broker_order(${orderId}, ${brokerOrderId}, ${by}) as done`.execute(db);
  return rows[0]?.done ?? false;
}

/** Remembers that a clean read, begun after the claim, did not show the order. */
export async function recordUnseen(db: Db, orderIds: readonly OrderId[]): Promise<void> {
  if (orderIds.length === 0) return;
  await db
    .updateTable('orders')
    .set({ unseen_since: sql<Date>`clock_timestamp()` })
    .where('id', 'in', orderIds)
    .where('unseen_since', 'is', null)
    .execute();
}

const endable = {
  absent: ['indeterminate', 'awaiting_approval'],
  not_placed: ['indeterminate', 'awaiting_approval', 'absent'],
} as const;

/**
 * Ends an order that surely never reached the broker; false when it has moved on.
 * @param args.code `not_placed`: a person says so, and what an executor finds out later does not send it
 */
export async function recordAbsent(
  db: Db,
  args: { orderId: OrderId; code: 'absent' | 'not_placed'; reason: string },
): Promise<boolean> {
  const result = await db
    .updateTable('orders')
    .set({ status: 'absent', code: args.code, reason: args.reason })
    .where('id', '=', args.orderId)
    .where('status', 'in', endable[args.code])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
