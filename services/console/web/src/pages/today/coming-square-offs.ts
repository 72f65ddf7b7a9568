import type { ListedStrategy, Position, SquareOff } from '../../api/types.ts';

export interface Coming {
  id: number;
  name: string;
  /** `HH:MM` of Asia/Kolkata. */
  time: string;
  inMinutes: number;
  /** `10 SBIN` */
  closes: string[];
}

interface Day {
  strategies: readonly ListedStrategy[];
  positions: readonly Position[];
  done: readonly SquareOff[];
  /** The trading clock, as `2026-10-05T09:20:00+05:30`. */
  now: string;
}

/** Square-offs that are still to come today, the next one first. */
export function comingSquareOffs({ strategies, positions, done, now }: Day): Coming[] {
  const clock = minutesOf(now.slice(11, 16));
  const begun = new Set(done.map(({ strategy_id }) => strategy_id));
  return strategies
    .filter(({ id, is_intraday }) => is_intraday && !begun.has(id))
    .flatMap(({ id, name, squareoff_time: time }) => {
      if (time === null) return [];
      const inMinutes = minutesOf(time) - clock;
      const closes = positions
        .filter(({ strategy_id, own, coming }) => strategy_id === id && own + coming !== 0)
        .map(({ own, coming, symbol }) => `${own + coming} ${symbol}`);
      return inMinutes < 0 ? [] : [{ id, name, time, inMinutes, closes }];
    })
    .toSorted((one, other) => one.inMinutes - other.inMinutes);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
