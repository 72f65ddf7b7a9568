import type { Evidence, OrderFact } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** Misordered: an order of a strategy and instrument called before an earlier-numbered one that was called later. */
export function findMisordered({ orders, calls }: Evidence): Violation[] {
  const known = new Map(orders.map((order) => [order.id, order]));
  const newest = new Map<number, OrderFact>();
  const found: Violation[] = [];
  for (const { orderId } of calls) {
    const order = orderId === null ? undefined : known.get(orderId);
    if (order === undefined) continue;
    const before = newest.get(order.strategyInstrumentId);
    if (before === undefined || before.seq <= order.seq) {
      newest.set(order.strategyInstrumentId, order);
      continue;
    }
    const text = `${nameOf(order)} was called after ${nameOf(before)}`;
    found.push({ kind: 'misordered', text, orders: [order.id, before.id] });
  }
  return found;
}

function nameOf({ role, seq, symbol, id }: OrderFact): string {
  return `${role} ${seq} of ${symbol} (${id})`;
}
