import type { ClosingFact, Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';
import { waitsForAnalyzer } from './waits-for-analyzer.ts';

/** Square-offs that are not over, or were never done. */
const unfinished = new Set(['working', 'sent', 'missed']);

/**
 * Unclosed: an exit or a square-off that has come to no end when everything is as it should be again and
 * every person has answered, or that failed in the middle of the session, but for what `waitsForAnalyzer`.
 */
export function findUnclosed({ closings, orders, squareOffs }: Evidence): Violation[] {
  const ordersOf = (closing: ClosingFact) =>
    orders.filter(({ closingId }) => closingId === closing.id).map(({ id }) => id);
  return [
    ...closings.flatMap((closing): Violation[] => {
      const { id, symbol, scope, status, openedAt } = closing;
      if (status !== 'open' && status !== 'failed') return [];
      if (waitsForAnalyzer(closing)) return [];
      const since = new Date(openedAt).toISOString();
      const text = `closing ${id} of ${symbol} (${scope}), opened ${since}, is ${status}`;
      return [{ kind: 'unclosed', text, orders: ordersOf(closing) }];
    }),
    ...squareOffs.flatMap(({ id, strategyId, dueTime, status }): Violation[] => {
      if (!unfinished.has(status)) return [];
      const open = closings.filter((each) => each.squareOffId === id && each.status === 'open');
      if (status === 'sent' && open.length > 0 && open.every(waitsForAnalyzer)) return [];
      const text = `the square-off of strategy ${strategyId} at ${dueTime} is ${status}`;
      return [{ kind: 'unclosed', text, orders: [] }];
    }),
  ];
}
