import type { Evidence, OrderFact } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/**
 * Misordered: an order of a strategy and instrument called before one that was wished for earlier and
 * called later. The orders of one closing are one wish, and the two modes of OpenAlgo are two accounts.
 */
export function findMisordered({ orders, calls }: Evidence): Violation[] {
  const known = new Map(orders.map((order) => [order.id, order]));
  const called = new Map<number, OrderFact[]>();
  const found: Violation[] = [];
  for (const { orderId } of calls) {
    const order = orderId === null ? undefined : known.get(orderId);
    if (order === undefined) continue;
    const before = called.get(order.strategyInstrumentId) ?? [];
    called.set(order.strategyInstrumentId, [...before, order]);
    const newer = before.find((each) => isNewer(each, order));
    if (newer === undefined) continue;
    const text = `${nameOf(order)} was called after ${nameOf(newer)}`;
    found.push({ kind: 'misordered', text, orders: [order.id, newer.id] });
  }
  return found;
}

function isNewer(one: OrderFact, other: OrderFact): boolean {
  const isOneWish = one.closingId !== null && one.closingId === other.closingId;
  const areApart = one.mode !== null && other.mode !== null && one.mode !== other.mode;
  return one.wishSeq > other.wishSeq && !isOneWish && !areApart;
}

function nameOf({ role, seq, symbol, id }: OrderFact): string {
  return `${role} ${seq} of ${symbol} (${id})`;
}
