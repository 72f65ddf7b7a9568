import type { ClosingFact, Evidence, TradeFact } from '../evidence/evidence.ts';
import { ownSteps, ownTrades, signed } from './own-trades.ts';
import type { Violation } from './violation.ts';

/**
 * False verified: a closing that was called closed and proved while the broker held the position:
 * the strategy's own, or the account's, by the scope of the closing. Also one that blames somebody
 * else where nobody else traded.
 */
export function findFalseVerified(evidence: Evidence): Violation[] {
  const heldBy = { strategy: ownHeld(evidence), account: accountHeld(evidence) };
  const traded = foreignTrades(evidence);
  return evidence.closings.flatMap((closing) => {
    if (closing.status !== 'verified') return [];
    const held = heldBy[closing.scope](closing);
    const isBlamed = closing.detail !== null && !traded(closing);
    if (!isBlamed && isClosed(held, closing.target)) return [];
    const { id, symbol, scope, target, detail } = closing;
    const text = `closing ${id} of ${symbol} (${scope}) was verified at ${target} (${detail}), the broker held ${held}`;
    const orders = evidence.orders.filter(({ closingId }) => closingId === id);
    return [{ kind: 'false_verified', text, orders: orders.map((order) => order.id) }];
  });
}

type HeldAtItsEnd = (closing: ClosingFact) => number;

function isClosed(held: number, target: number): boolean {
  return held * target >= 0 && Math.abs(held) <= Math.abs(target);
}

function ownHeld(evidence: Evidence): HeldAtItsEnd {
  const live = ownSteps(evidence);
  const analyze = ownSteps(evidence, 'analyze');
  return ({ strategyInstrumentId, mode, endedAt }) =>
    ((mode === 'analyze' ? analyze : live).get(strategyInstrumentId) ?? [])
      .filter(({ at }) => at <= (endedAt ?? 0))
      .reduce((net, { change }) => net + change, 0);
}

function accountHeld(evidence: Evidence): HeldAtItsEnd {
  return (closing) =>
    evidence.trades
      .filter((trade) => isOf(evidence, trade, closing) && trade.at <= (closing.endedAt ?? 0))
      .reduce((net, trade) => net + signed(trade), 0);
}

/** Whether somebody else had traded the instrument on the account by then. */
function foreignTrades(evidence: Evidence): (closing: ClosingFact) => boolean {
  const own = new Set(ownTrades(evidence).map(({ trade }) => trade));
  const foreign = evidence.trades.filter((trade) => !own.has(trade));
  return (closing) =>
    foreign.some((trade) => isOf(evidence, trade, closing) && trade.at <= (closing.endedAt ?? 0));
}

function isOf({ orders }: Evidence, trade: TradeFact, closing: ClosingFact): boolean {
  const accounts = [...new Set(orders.map(({ accountId }) => accountId))].toSorted((a, b) => a - b);
  return (
    trade.account === accounts.indexOf(closing.accountId) &&
    trade.mode === (closing.mode ?? 'live') &&
    trade.exchange === closing.exchange &&
    trade.symbol === closing.symbol &&
    trade.product === closing.product
  );
}
