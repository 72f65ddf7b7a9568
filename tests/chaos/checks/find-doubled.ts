import type { Evidence, OrderFact } from '../evidence/evidence.ts';
import { fingerprintOf } from '../evidence/fingerprint.ts';
import type { Violation } from './violation.ts';

/** Doubled: one order, two calls that OpenAlgo executed. */
export function findDoubled(evidence: Evidence): Violation[] {
  return [...byHeader(evidence), ...byCount(evidence)];
}

function byHeader({ calls }: Evidence): Violation[] {
  const executed = new Map<string, number>();
  for (const call of calls) {
    if (call.orderId === null) continue;
    executed.set(call.orderId, (executed.get(call.orderId) ?? 0) + call.executed.length);
  }
  return [...executed].flatMap(([id, times]) =>
    times > 1
      ? [{ kind: 'doubled', text: `order ${id} was executed ${times} times`, orders: [id] }]
      : [],
  );
}

/** Whatever the header says: no more of a kind was executed than orders of that kind may have been. */
function byCount({ calls, orders }: Evidence): Violation[] {
  const wished = Map.groupBy(orders.filter(mayBeExecuted), fingerprintOfOrder);
  const executed = new Map<string, number>();
  for (const { fingerprint, executed: made } of calls) {
    executed.set(fingerprint, (executed.get(fingerprint) ?? 0) + made.length);
  }
  return [...executed].flatMap(([fingerprint, times]) => {
    const own = wished.get(fingerprint) ?? [];
    if (times <= own.length) return [];
    const text = `${fingerprint} was executed ${times} times for ${own.length} orders`;
    const all = orders.filter((order) => fingerprintOfOrder(order) === fingerprint);
    return [{ kind: 'doubled', text, orders: all.map(({ id }) => id) }];
  });
}

const unsent = new Set(['queued', 'expired', 'superseded', 'no_action']);

function mayBeExecuted({ status, attempt }: OrderFact): boolean {
  return attempt > 0 && !unsent.has(status);
}

function fingerprintOfOrder(order: OrderFact): string {
  return fingerprintOf({
    ...order,
    endpoint: order.lane === 'smart' ? 'placesmartorder' : 'placeorder',
    positionSize: order.targetPosition ?? undefined,
  });
}
