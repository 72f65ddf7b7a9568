import type { ClosingFact, Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** Square-offs that are not over, or were never done. */
const unfinished = new Set(['working', 'sent', 'missed']);

/**
 * Unclosed: an exit or a square-off that has come to no end when everything is as it should be again and
 * every person has answered, or that failed in the middle of the session. OpenAlgo is in mode live then: what
 * is to be closed in the analyzer waits for whoever was told that.
 */
export function findUnclosed({ closings, orders, squareOffs }: Evidence): Violation[] {
  const ordersOf = (closing: ClosingFact) =>
    orders.filter(({ closingId }) => closingId === closing.id).map(({ id }) => id);
  return [
    ...closings.flatMap((closing): Violation[] => {
      const { id, symbol, scope, status, openedAt } = closing;
      if (status !== 'open' && status !== 'failed') return [];
      if (status === 'open' && waitsForAnalyzer(closing)) return [];
      const since = new Date(openedAt).toISOString();
      const text = `closing ${id} of ${symbol} (${scope}), opened ${since}, is ${status}`;
      return [{ kind: 'unclosed', text, orders: ordersOf(closing) }];
    }),
    ...squareOffs.flatMap(({ strategyId, dueTime, status }): Violation[] => {
      if (!unfinished.has(status)) return [];
      const text = `the square-off of strategy ${strategyId} at ${dueTime} is ${status}`;
      return [{ kind: 'unclosed', text, orders: [] }];
    }),
  ];
}

function waitsForAnalyzer({ mode, told }: ClosingFact): boolean {
  return mode === 'analyze' && told.includes('mode_changed');
}
