import type { ClosingFact, Evidence, TradeFact } from '../evidence/evidence.ts';
import { type OwnTrade, ownTrades, signed } from './own-trades.ts';
import type { Violation } from './violation.ts';

/**
 * False verified: a closing that was called closed and proved while the broker held the position:
 * the strategy's own, or the account's, by the scope of the closing.
 */
export function findFalseVerified(evidence: Evidence): Violation[] {
  const own = ownTrades(evidence);
  return evidence.closings.flatMap((closing) => {
    if (closing.status !== 'verified' || closing.detail !== null) return [];
    const held = heldAtItsEnd(evidence, own, closing);
    if (held === closing.target) return [];
    const { id, symbol, scope, target } = closing;
    const text = `closing ${id} of ${symbol} (${scope}) was verified at ${target}, the broker held ${held}`;
    const orders = evidence.orders.filter(({ closingId }) => closingId === id);
    return [{ kind: 'false_verified', text, orders: orders.map((order) => order.id) }];
  });
}

function heldAtItsEnd(
  { trades, orders }: Evidence,
  own: readonly OwnTrade[],
  closing: ClosingFact,
): number {
  const accounts = [...new Set(orders.map(({ accountId }) => accountId))].toSorted((a, b) => a - b);
  const account = accounts.indexOf(closing.accountId);
  const ofStrategy = own
    .filter(({ order }) => order.strategyInstrumentId === closing.strategyInstrumentId)
    .map(({ trade }) => trade);
  const ofAccount = trades.filter((trade) => trade.account === account && isOf(trade, closing));
  return (closing.scope === 'strategy' ? ofStrategy : ofAccount)
    .filter(({ mode, at }) => mode === (closing.mode ?? 'live') && at <= (closing.endedAt ?? 0))
    .reduce((net, trade) => net + signed(trade), 0);
}

function isOf(trade: TradeFact, { exchange, symbol, product }: ClosingFact): boolean {
  return trade.exchange === exchange && trade.symbol === symbol && trade.product === product;
}
