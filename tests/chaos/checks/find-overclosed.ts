import type { Evidence } from '../evidence/evidence.ts';
import { type OwnTrade, ownTrades, signed } from './own-trades.ts';
import type { Violation } from './violation.ts';

/**
 * Overclosed: an exit of a strategy's own position that took it across zero, or made it larger. Smart
 * orders to 0 are the account's: what they close is computed by OpenAlgo, and never crosses.
 */
export function findOverclosed(evidence: Evidence): Violation[] {
  const byPosition = Map.groupBy(
    ownTrades(evidence),
    ({ trade, order }) => `${order.strategyInstrumentId} ${trade.mode}`,
  );
  return [...byPosition.values()].flatMap(inPosition);
}

function inPosition(trades: readonly OwnTrade[]): Violation[] {
  const found: Violation[] = [];
  let net = 0;
  for (const { trade, order } of trades) {
    const before = net;
    net += signed(trade);
    const isExit = order.role === 'exit' && order.lane === 'regular';
    if (!isExit || (before * net >= 0 && Math.abs(net) <= Math.abs(before))) continue;
    const text = `exit ${order.id} took ${order.symbol} of ${order.strategyName} from ${before} to ${net}`;
    found.push({ kind: 'overclosed', text, orders: [order.id] });
  }
  return found;
}
