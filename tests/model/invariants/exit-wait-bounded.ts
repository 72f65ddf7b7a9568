import type { OrderRow } from '@orderlane/db/orders';
import { type History, named, orderOf } from './history.ts';

/** Whatever an exit waits for, it looks again within its bound; but a smart exit waits for another exit's end. */
export function exitWaitBounded(history: History): string[] {
  return history.log.claims.flatMap(({ orderId, result }) => {
    const order = orderOf(history, orderId);
    if (order.role !== 'exit' || result.verdict !== 'waits') return [];
    const isBounded = result.wakeInMs !== null && result.wakeInMs <= history.exitWaitMs;
    const waitsForItsEnd = result.wakeInMs === null && hasExitBeside(history, order);
    return isBounded || waitsForItsEnd
      ? []
      : [`${named(order)} waits with no bound: ${result.wakeInMs} ms`];
  });
}

function hasExitBeside(history: History, smart: OrderRow): boolean {
  if (smart.lane !== 'smart') return false;
  return [...history.orders.values()].some(
    ({ order }) => order.id !== smart.id && order.role === 'exit' && order.symbol === smart.symbol,
  );
}
