import type { PositionHistory } from './position-history.ts';

/**
 * When a closing was called verified, the broker held no more of the strategy's than it was to leave.
 * Entries that came after it do not count; where an order was overlooked nobody could know.
 */
export function closingsAreTrue(history: PositionHistory): string[] {
  return history.closings.flatMap(({ id, strategyInstrumentId, status, target, ...closing }) => {
    const { endedAt, wishSeq } = closing;
    const isKnown = endedAt !== undefined && !history.overlooked.has(strategyInstrumentId);
    if (status !== 'verified' || !isKnown) return [];
    const held = history.trades
      .filter(({ at, order }) => {
        const isNewer = order.role === 'entry' && order.seq > wishSeq;
        return order.strategy_instrument_id === strategyInstrumentId && at < endedAt && !isNewer;
      })
      .reduce((net, { signed }) => net + signed, 0);
    const isClosed = held * target >= 0 && Math.abs(held) <= Math.abs(target);
    return isClosed ? [] : [`closing ${id} to ${target} was verified with ${held} held`];
  });
}
