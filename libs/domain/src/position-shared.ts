import { anySymbol, type Mapping } from './mapping.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Strategy } from './strategy.ts';

/**
 * Two active strategies of one account on one instrument would close each other's positions. That
 * is allowed only if both have position scope strategy and trade the same side (both LONG or both
 * SHORT). A `*` mapping may mean every symbol of its exchange and product.
 * @param others of the same account or not, active or not; the strategy itself is skipped
 */
export function refuseSharedPosition(
  strategy: Strategy,
  others: readonly Strategy[],
): Refusal | undefined {
  for (const other of others.filter((candidate) => mayMeet(strategy, candidate))) {
    const shared = strategy.mappings.find((mine) =>
      other.mappings.some((theirs) => meansTheSame(mine, theirs)),
    );
    if (shared !== undefined) return refuseShared(shared, other);
  }
  return undefined;
}

function mayMeet(left: Strategy, right: Strategy): boolean {
  const areActive = left.isActive && right.isActive;
  const onOneAccount = left.accountId !== null && left.accountId === right.accountId;
  return left.id !== right.id && areActive && onOneAccount && !keepApart(left, right);
}

function refuseShared({ symbol, exchange, product }: Mapping, other: Strategy): Refusal {
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

function meansTheSame(left: Mapping, right: Mapping): boolean {
  if (left.exchange !== right.exchange || left.product !== right.product) return false;
  return left.symbol === right.symbol || isAny(left) || isAny(right);
}

function isAny({ signalSymbol }: Mapping): boolean {
  return signalSymbol === anySymbol;
}
