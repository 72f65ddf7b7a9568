import { type History, named, orderOf } from './history.ts';

/** Within a strategy's instrument no order is called after one with a later number was. */
export function calledInOrder(history: History): string[] {
  const latest = new Map<number, number>();
  const violations: string[] = [];
  for (const { orderId, attempt, effect } of history.log.calls) {
    if (effect === 'refused') continue;
    const order = orderOf(history, orderId);
    const before = latest.get(order.strategy_instrument_id) ?? 0;
    if (order.seq < before) {
      violations.push(`${named(order)}, attempt ${attempt}, was called after number ${before}`);
    }
    latest.set(order.strategy_instrument_id, Math.max(order.seq, before));
  }
  return violations;
}
