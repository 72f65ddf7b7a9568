import { expect, test } from 'vitest';
import { parseRates } from './rate.ts';

test('a rate is a count within a period', () => {
  expect(parseRates('10 per second')).toEqual([{ count: 10, perMs: 1_000 }]);
  expect(parseRates('100 per MINUTE')).toEqual([{ count: 100, perMs: 60_000 }]);
  expect(parseRates('5/hour')).toEqual([{ count: 5, perMs: 3_600_000 }]);
});

test('a compound rate keeps each limit', () => {
  expect(parseRates('10 per second; 40 per minute')).toEqual([
    { count: 10, perMs: 1_000 },
    { count: 40, perMs: 60_000 },
  ]);
});

test.each([
  '',
  '10',
  '0 per second',
  '-1 per second',
  '1.5 per second',
  '10 per second;',
])('"%s" is no rate', (text) => {
  expect(parseRates(text)).toBeUndefined();
});
