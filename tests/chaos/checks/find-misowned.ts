import type { Evidence } from '../evidence/evidence.ts';
import { ownSteps } from './own-trades.ts';
import type { Violation } from './violation.ts';

/**
 * Misowned: a strategy's own position that is not what its orders bought and sold at the broker, and
 * what was corrected since. Where it sent smart orders its position is what those aimed at.
 */
export function findMisowned(evidence: Evidence): Violation[] {
  const steps = ownSteps(evidence);
  const smart = new Set(
    evidence.orders
      .filter(({ lane }) => lane === 'smart')
      .map((order) => order.strategyInstrumentId),
  );
  return evidence.positions.flatMap(({ strategyInstrumentId, mode, symbol, own }): Violation[] => {
    if (mode !== 'live' || smart.has(strategyInstrumentId)) return [];
    const moved = steps.get(strategyInstrumentId) ?? [];
    const held = moved.reduce((net, { change }) => net + change, 0);
    if (held === own) return [];
    const text = `${own} of ${symbol} are said to be owned, the broker filled ${held}`;
    return [{ kind: 'misowned', text, orders: moved.flatMap(({ order }) => order?.id ?? []) }];
  });
}
