import type { Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** Misrouted: a call left with the key of another account than its order's. */
export function findMisrouted({ orders, calls }: Evidence): Violation[] {
  const accountOf = new Map(orders.map(({ id, accountId }) => [id, accountId]));
  const made = calls.flatMap(({ orderId, account: key }) => {
    const accountId = orderId === null ? undefined : accountOf.get(orderId);
    return orderId === null || accountId === undefined ? [] : [{ orderId, accountId, key }];
  });
  return [...Map.groupBy(made, ({ accountId }) => accountId)].flatMap(([accountId, own]) => {
    const byKey = [...Map.groupBy(own, ({ key }) => key)].toSorted(
      ([, a], [, b]) => b.length - a.length,
    );
    const [[usual] = [null]] = byKey;
    return own.flatMap((call): Violation[] => {
      if (call.key === usual) return [];
      const text = `order ${call.orderId} of account ${accountId} was called as ${call.key}`;
      return [{ kind: 'misrouted', text, orders: [call.orderId] }];
    });
  });
}
