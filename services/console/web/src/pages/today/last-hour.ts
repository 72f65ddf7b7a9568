import type { Today } from '../../api/types.ts';
import { whenText } from '../../parts/when.tsx';

const minuteMs = 60_000;

/** Calls of each of the last sixty minutes, also of those in which there was none. */
export function lastHour(minutes: Today['calls_by_minute'], nowMs: number) {
  const callsAt = new Map(minutes.map(({ at, calls }) => [minuteOf(Date.parse(at)), calls]));
  const last = Math.max(minuteOf(nowMs), ...callsAt.keys());
  return Array.from({ length: 60 }, (_, index) => {
    const minute = last - 59 + index;
    const at = whenText(new Date(minute * minuteMs).toISOString()).slice(-8, -3);
    return { at, calls: callsAt.get(minute) ?? 0 };
  });
}

function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs);
}
