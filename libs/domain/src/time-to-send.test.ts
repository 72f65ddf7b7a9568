import { expect, it } from 'vitest';
import type { Lane } from './lane.ts';
import { timeToSendMs } from './time-to-send.ts';

const pace = { gapMs: 105, smartGapMs: 1100, windows: [] };
const times = (lane: Lane, count: number) => Array.from({ length: count }, () => lane);

it.each([
  ['nothing', [], 0],
  ['one', times('regular', 1), 0],
  ['regular ones', times('regular', 41), 4200],
  ['smart ones', times('smart', 41), 44_000],
  ['both, at once', [...times('smart', 3), ...times('regular', 39)], 4305],
])('%s', (_name, lanes, expected) => {
  expect(timeToSendMs(lanes, pace)).toBe(expected);
});

it('a limit by the minute counts whole minutes', () => {
  const windows = [{ max: 40, windowMs: 60_000 }];
  expect(timeToSendMs(times('regular', 40), { ...pace, windows })).toBe(4095);
  expect(timeToSendMs(times('regular', 41), { ...pace, windows })).toBe(60_000);
  expect(timeToSendMs(times('regular', 121), { ...pace, windows })).toBe(180_000);
});
