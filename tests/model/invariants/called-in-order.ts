import type { OrderRow } from '@orderlane/db/orders';
import { type History, named, orderOf } from './history.ts';

/**
 * Within a strategy's instrument no order is called after one that was wished for later. The orders
 * of one closing are one wish.
 */
export function calledInOrder(history: History): string[] {
  const called = new Map<number, OrderRow[]>();
  const violations: string[] = [];
  for (const { orderId, attempt, effect } of history.log.calls) {
    if (effect === 'refused') continue;
    const order = orderOf(history, orderId);
    const before = called.get(order.strategy_instrument_id) ?? [];
    const newer = before.find((each) => isNewer(each, order));
    if (newer !== undefined) {
      violations.push(`${named(order)}, attempt ${attempt}, was called after ${named(newer)}`);
    }
    called.set(order.strategy_instrument_id, [...before, order]);
  }
  return violations;
}

function isNewer(one: OrderRow, other: OrderRow): boolean {
  const isOneWish = one.closing_id !== null && one.closing_id === other.closing_id;
  return one.wish_seq > other.wish_seq && !isOneWish;
}
