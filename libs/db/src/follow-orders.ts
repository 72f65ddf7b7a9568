import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import type { Lane } from '@orderlane/domain/lane';
import type { Action, Role } from '@orderlane/domain/order-plan';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An order of ours whose number at the broker is known. */
export interface FollowedOrder extends Instrument {
  id: OrderId;
  /** Null: a closing wished for it. */
  signalId: SignalId | null;
  accountId: AccountId;
  strategyId: StrategyId;
  strategyName: string;
  lane: Lane;
  role: Role;
  action: Action;
  quantity: number;
  attempt: number;
  brokerOrderId: string;
  /** The others are over; what fills late is still theirs. */
  status: 'accepted' | 'cancelled' | 'rejected';
  filledQuantity: number;
  averagePrice: number | null;
  /** Since OpenAlgo answered its call, or else since its claim (ms); null: it was never called. */
  calledAgoMs: number | null;
}

/**
 * Our orders of these numbers that may still fill. One whose number a person gave has no mode before a
 * book shows it: it is of the book that does.
 */
export async function listFollowedOrders(
  db: Db,
  args: { accountId: AccountId; mode: TradingModeSeen; brokerOrderIds: readonly string[] },
): Promise<FollowedOrder[]> {
  const { rows } = await sql<FollowedOrder>`
    select id, signal_id as "signalId", account_id as "accountId", strategy_id as "strategyId", strategy_name as "strategyName", lane, role,
      exchange, symbol, product, action, quantity, attempt, broker_order_id as "brokerOrderId", status,
      filled_quantity as "filledQuantity", average_price::float8 as "averagePrice",
      (extract(epoch from clock_timestamp() - coalesce(answered_at, claimed_at)) * 1000)::float8 as "calledAgoMs"
    from orders
    where account_id = ${args.accountId} and broker_order_id = any(${args.brokerOrderIds}::text[])
      and status in ('accepted', 'cancelled', 'rejected') and coalesce(mode, ${args.mode}) = ${args.mode}
    order by id`.execute(db);
  return rows;
}

export interface OrderMove {
  id: OrderId;
  /** Compare-and-set: nothing happens when the order has moved on. */
  from: FollowedOrder['status'];
  to: 'accepted' | 'filled' | 'cancelled' | 'rejected';
  /** Of the book that shows it. */
  mode: TradingModeSeen;
  filledQuantity: number;
  averagePrice: number | null;
  reason: string | null;
}

/** Records fills, which only grow, and the order's end; false when it has moved on meanwhile. */
export async function moveFollowedOrder(db: Db, move: OrderMove): Promise<boolean> {
  const { id, from, to, mode, filledQuantity, averagePrice, reason } = move;
  const isOver = to === 'cancelled' || to === 'rejected';
  const result = await db
    .updateTable('orders')
    .set({
      status: to,
      mode: sql<TradingModeSeen>`coalesce(mode, ${mode})`,
      filled_quantity: filledQuantity,
      average_price: averagePrice === null ? null : String(averagePrice),
      ...(isOver && from === 'accepted' ? { code: to, reason } : {}),
    })
    .where('id', '=', id)
    .where('status', '=', from)
    .where('filled_quantity', '<=', filledQuantity)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
