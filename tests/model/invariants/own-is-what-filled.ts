import type { PositionHistory } from './position-history.ts';

/** In the end a strategy owns what the broker bought and sold for its orders, no more and no less. */
export function ownIsWhatFilled({ trades, own }: PositionHistory): string[] {
  const filled = new Map<number, number>();
  for (const { order, signed } of trades) {
    const id = order.strategy_instrument_id;
    filled.set(id, (filled.get(id) ?? 0) + signed);
  }
  return [...new Set([...filled.keys(), ...own.keys()])].flatMap((id) => {
    const [said, real] = [own.get(id) ?? 0, filled.get(id) ?? 0];
    return said === real ? [] : [`instrument ${id}: ${said} are owned, ${real} were filled`];
  });
}
