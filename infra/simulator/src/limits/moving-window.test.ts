import { expect, test } from 'vitest';
import { MovingWindow } from './moving-window.ts';

const threeASecond = { calls: 3, windowMs: 1000, text: '3 per 1 second' };

test('lets through as many calls as the window holds, whenever they come', () => {
  const window = new MovingWindow(threeASecond);
  const times = [0, 900, 950, 999, 1000, 1001, 1899, 1901, 1951, 2002];
  expect(times.filter((at) => window.take(at))).toEqual([0, 900, 950, 1001, 1901, 1951, 2002]);
});

test('does not count a call that it refused', () => {
  const window = new MovingWindow(threeASecond);
  for (const at of [0, 1, 2, 500, 600, 700]) window.take(at);
  expect(window.take(1001)).toBe(true);
});
