import type { Evidence } from '../evidence/evidence.ts';
import { ownSteps, type PositionStep } from './own-trades.ts';
import type { Violation } from './violation.ts';

/**
 * Overclosed: an exit of a strategy's own position that took it across zero, or made it larger. Smart
 * orders to 0 are the account's: see `findAccountCrossed`.
 */
export function findOverclosed(evidence: Evidence): Violation[] {
  return [...ownSteps(evidence).values()].flatMap(inPosition);
}

function inPosition(steps: readonly PositionStep[]): Violation[] {
  const found: Violation[] = [];
  let net = 0;
  for (const { change, order } of steps) {
    const before = net;
    net += change;
    if (order?.role !== 'exit' || (before * net >= 0 && Math.abs(net) <= Math.abs(before)))
      continue;
    const text = `exit ${order.id} took ${order.symbol} of ${order.strategyName} from ${before} to ${net}`;
    found.push({ kind: 'overclosed', text, orders: [order.id] });
  }
  return found;
}
