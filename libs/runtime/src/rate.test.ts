import { expect, test } from 'vitest';
import { parseRate } from './rate.ts';

test('a rate is a count within a period', () => {
  expect(parseRate('10 per second')).toEqual([{ count: 10, periodMs: 1_000 }]);
  expect(parseRate('100 per MINUTE')).toEqual([{ count: 100, periodMs: 60_000 }]);
  expect(parseRate('5/hour')).toEqual([{ count: 5, periodMs: 3_600_000 }]);
});

test('a compound rate keeps each limit', () => {
  expect(parseRate('10 per second; 40 per minute')).toEqual([
    { count: 10, periodMs: 1_000 },
    { count: 40, periodMs: 60_000 },
  ]);
});

test.each([
  '',
  '10',
  '0 per second',
  '-1 per second',
  '1.5 per second',
  '10 per day',
  '10 per second;',
])('"%s" is no rate', (text) => {
  expect(parseRate(text)).toBeUndefined();
});
