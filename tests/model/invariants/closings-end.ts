import type { PositionHistory } from './position-history.ts';

/**
 * After the drain no closing is open, none has failed, and what was to be closed as a whole, with no
 * entry since, is closed: also what was found later than that.
 */
export function closingsEnd({ closings, own, trades }: PositionHistory): string[] {
  const ends = closings.flatMap(({ id, status }) =>
    status === 'open' || status === 'failed' ? [`closing ${id} is ${status}`] : [],
  );
  const last = new Map(closings.map((closing) => [closing.strategyInstrumentId, closing]));
  const open = [...last.values()].flatMap(({ id, strategyInstrumentId, target, wishSeq }) => {
    const isOver = trades.every(
      ({ order }) =>
        order.strategy_instrument_id !== strategyInstrumentId ||
        order.role === 'exit' ||
        order.seq < wishSeq,
    );
    const held = own.get(strategyInstrumentId) ?? 0;
    return target !== 0 || !isOver || held === 0
      ? []
      : [`${held} are still held when closing ${id}, the last one, is done`];
  });
  return [...ends, ...open];
}
