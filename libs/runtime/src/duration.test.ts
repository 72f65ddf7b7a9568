import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['0', 0],
  ['250', 250],
  ['250 ms', 250],
  ['60 seconds', 60_000],
  ['1 second', 1_000],
  ['1.5 seconds', 1_500],
  ['2minutes', 120_000],
  ['1 Hour', 3_600_000],
  ['7 days', 604_800_000],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', 'soon', '-1', '1 fortnight', '1 s 2', '1e3', 'seconds', '1,5 seconds'])(
  '"%s" is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
