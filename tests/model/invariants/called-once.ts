import { type History, named, orderOf } from './history.ts';

/** No order is called again after an attempt that was not surely without effect. */
export function calledOnce(history: History): string[] {
  const executed = new Set<string>();
  const violations: string[] = [];
  for (const { orderId, attempt, effect } of history.log.calls) {
    if (executed.has(orderId)) {
      const order = orderOf(history, orderId);
      violations.push(`${named(order)} was called again, attempt ${attempt}`);
    }
    if (effect === 'executed') executed.add(orderId);
  }
  return violations;
}
