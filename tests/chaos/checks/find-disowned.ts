import type { Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** What these say is that nothing was bought or sold. */
const deniedBy = new Set(['queued', 'expired', 'superseded', 'no_action', 'absent']);

/** Disowned: OpenAlgo executed a call of an order that is said not to have been placed. */
export function findDisowned({ orders, calls }: Evidence): Violation[] {
  const executed = new Set(calls.flatMap((call) => (call.executed > 0 ? [call.orderId] : [])));
  return orders.flatMap(({ id, status, code, attempt }) => {
    const isDenied = deniedBy.has(status) || (status === 'cancelled' && attempt === 0);
    if (!isDenied || !executed.has(id)) return [];
    const text = `order ${id} is ${status} (${code}), and OpenAlgo executed it`;
    return [{ kind: 'disowned', text, orders: [id] }];
  });
}
