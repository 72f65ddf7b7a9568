import type { Evidence, OrderFact } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** What these say is that nothing was bought or sold. */
const deniedBy = new Set(['queued', 'expired', 'superseded', 'no_action', 'absent']);
/** And these that the broker has it, or had it. */
const claimedBy = new Set(['accepted', 'filled']);

/**
 * Disowned: OpenAlgo executed a call of an order that is said not to have been placed, or executed
 * none of one that is said to have been, or the order has a broker order that is another's.
 */
export function findDisowned({ orders, calls }: Evidence): Violation[] {
  const made = new Map<string | null, string[]>();
  for (const { orderId, executed } of calls) {
    made.set(orderId, [...(made.get(orderId) ?? []), ...executed]);
  }
  return orders.flatMap((order): Violation[] => {
    const { id, status, code } = order;
    const wrong = whatIsWrong(order, made.get(id) ?? []);
    if (wrong === undefined) return [];
    const text = `order ${id} is ${status} (${code}), ${wrong}`;
    return [{ kind: 'disowned', text, orders: [id] }];
  });
}

function whatIsWrong(order: OrderFact, own: readonly string[]): string | undefined {
  const { status, attempt, brokerOrderId } = order;
  if (own.length === 0) {
    return claimedBy.has(status) ? 'and OpenAlgo never executed it' : undefined;
  }
  const isDenied = deniedBy.has(status) || (status === 'cancelled' && attempt === 0);
  if (isDenied) return `and OpenAlgo executed it as ${own.join()}`;
  const isOwn = brokerOrderId === null || own.includes(brokerOrderId);
  return isOwn ? undefined : `as ${brokerOrderId}, and it was executed as ${own.join()}`;
}
