import { named } from './history.ts';
import type { PositionHistory } from './position-history.ts';

/** No fill of an exit grows its strategy's position at the broker, or changes its sign. */
export function exitsOnlyClose({ trades }: PositionHistory): string[] {
  const held = new Map<number, number>();
  return trades.flatMap(({ order, signed }) => {
    const before = held.get(order.strategy_instrument_id) ?? 0;
    const after = before + signed;
    held.set(order.strategy_instrument_id, after);
    const closes = before * after >= 0 && Math.abs(after) < Math.abs(before);
    return order.role === 'entry' || closes
      ? []
      : [`${named(order)} took its position from ${before} to ${after}`];
  });
}
