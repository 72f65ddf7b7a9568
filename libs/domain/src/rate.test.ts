import { expect, it } from 'vitest';
import { parseRates } from './rate.ts';

it.each([
  ['10 per second', [{ count: 10, perMs: 1_000 }]],
  ['100 per minute', [{ count: 100, perMs: 60_000 }]],
  ['5/hour', [{ count: 5, perMs: 3_600_000 }]],
  ['2 per 3 Seconds', [{ count: 2, perMs: 3_000 }]],
  [
    '40 per minute; 10 per second',
    [
      { count: 40, perMs: 60_000 },
      { count: 10, perMs: 1_000 },
    ],
  ],
])('%s', (text, rates) => {
  expect(parseRates(text)).toEqual(rates);
});

it.each([
  '',
  '10',
  'per second',
  '0 per second',
  '1 per 0 seconds',
  '-1 per second',
  '10 per',
  '1.5 per second',
  '10 per second;',
  '10 per fortnight',
  '10persecond',
])('%j is no rate', (text) => {
  expect(parseRates(text)).toBeUndefined();
});
