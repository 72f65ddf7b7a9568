import type { AccountId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import { anySymbol } from './mapping.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Strategy } from './strategy.ts';

/**
 * Two active strategies of one account on one instrument would close each other's positions. That
 * is allowed only if both have position scope strategy and trade the same side (both LONG or both
 * SHORT). A `*` mapping may mean every symbol of its exchange and product. What a strategy still holds
 * under a former mapping counts as traded.
 * @param others of the same account or not, active or not; the strategy itself is skipped
 */
export function refuseSharedPosition(
  strategy: Strategy,
  others: readonly Strategy[],
): Refusal | undefined {
  const mine = tradedBy(strategy);
  for (const other of others.filter((candidate) => mayMeet(strategy, candidate))) {
    const theirs = tradedBy(other);
    const shared = mine.find((one) => theirs.some((each) => meansTheSame(one, each)));
    if (shared !== undefined) return refuseShared(shared, other);
  }
  return undefined;
}

interface Traded extends Instrument {
  accountId: AccountId;
  /** Every symbol of its exchange and product. */
  isAny: boolean;
}

function tradedBy({ accountId, mappings, formerMappings }: Strategy): Traded[] {
  const now =
    accountId === null
      ? []
      : mappings.map((each) => ({ ...each, accountId, isAny: each.signalSymbol === anySymbol }));
  return [...now, ...formerMappings.map((each) => ({ ...each, isAny: false }))];
}

function mayMeet(left: Strategy, right: Strategy): boolean {
  const areActive = left.isActive && right.isActive;
  return left.id !== right.id && areActive && !keepApart(left, right);
}

function refuseShared({ symbol, exchange, product }: Instrument, other: Strategy): Refusal {
  const text =
    `Strategy "${other.name}" also trades ${symbol} (${exchange}, ${product}) on this account: ` +
    'both need position scope strategy and the same direction';
  return refuse('position_shared', { text, symbol });
}

function keepApart(left: Strategy, right: Strategy): boolean {
  const isOneSided = left.tradingMode === 'LONG' || left.tradingMode === 'SHORT';
  return (
    left.positionScope === 'strategy' &&
    right.positionScope === 'strategy' &&
    isOneSided &&
    left.tradingMode === right.tradingMode
  );
}

function meansTheSame(left: Traded, right: Traded): boolean {
  if (left.accountId !== right.accountId) return false;
  if (left.exchange !== right.exchange || left.product !== right.product) return false;
  return left.symbol === right.symbol || left.isAny || right.isAny;
}
