import { expect, test } from 'vitest';
import { parseRates } from './rate.ts';

test.each([
  ['10 per second', [[10, 1000, '10 per 1 second']]],
  ['200/minute', [[200, 60_000, '200 per 1 minute']]],
  ['5 per 2 seconds', [[5, 2000, '5 per 2 second']]],
  [
    '10 per second; 40 per minute',
    [
      [10, 1000, '10 per 1 second'],
      [40, 60_000, '40 per 1 minute'],
    ],
  ],
])('reads "%s"', (text, expected) => {
  expect(parseRates(text).map((rate) => [rate.calls, rate.windowMs, rate.text])).toEqual(expected);
});

test('refuses a text that is no rate', () => {
  expect(() => parseRates('ten a second')).toThrow('not a rate: "ten a second"');
});
