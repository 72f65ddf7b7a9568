import { type History, named, orderOf } from './history.ts';

/** Whatever an exit waits for, it looks again within its bound. */
export function exitWaitBounded(history: History): string[] {
  return history.log.claims.flatMap(({ orderId, result }) => {
    const order = orderOf(history, orderId);
    if (order.role !== 'exit' || result.verdict !== 'waits') return [];
    const isBounded = result.wakeInMs !== null && result.wakeInMs <= history.exitWaitMs;
    return isBounded ? [] : [`${named(order)} waits with no bound: ${result.wakeInMs} ms`];
  });
}
