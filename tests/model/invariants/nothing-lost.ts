import type { OrderStatus } from '@orderlane/domain/order';
import { type History, named } from './history.ts';

const unfinished: readonly OrderStatus[] = [
  'queued',
  'submitting',
  'accepted',
  'awaiting_approval',
];

/** After the drain every order is final, or indeterminate: a person is asked. */
export function nothingLost(history: History): string[] {
  const stuck = [...history.orders.values()].filter(({ order }) =>
    unfinished.includes(order.status),
  );
  const missing = history.log.stores
    .flatMap(({ orderIds }) => orderIds)
    .filter((id) => !history.orders.has(id));
  return [
    ...stuck.map(
      ({ order }) => `${named(order)} is ${order.status} for ever, waits for ${order.waits_for}`,
    ),
    ...missing.map((id) => `${id} was stored and is not there`),
  ];
}
