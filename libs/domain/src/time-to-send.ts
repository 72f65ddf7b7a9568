import type { Lane } from './lane.ts';

/** How far apart an account's calls are kept. */
export interface CallPace {
  /** Between two calls of whatever kind (ms). */
  gapMs: number;
  /** Between two smart orders (ms). */
  smartGapMs: number;
  /** Further limits over all calls, such as 40 per minute. */
  windows: readonly { max: number; windowMs: number }[];
}

/**
 * How long the account's pace alone keeps the last of these orders, the first going out at once (ms):
 * the least that they take.
 */
export function timeToSendMs(lanes: readonly Lane[], pace: CallPace): number {
  const all = Math.max(0, lanes.length - 1);
  const smart = Math.max(0, lanes.filter((lane) => lane === 'smart').length - 1);
  const counted = pace.windows.map(({ max, windowMs }) => Math.floor(all / max) * windowMs);
  return Math.max(all * pace.gapMs, smart * pace.smartGapMs, ...counted);
}
