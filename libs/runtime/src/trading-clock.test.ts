import { expect, test } from 'vitest';
import { createTradingClock } from './trading-clock.ts';

test('it starts at the given instant and tells the time of Asia/Kolkata', () => {
  const clock = createTradingClock(Temporal.Instant.from('2026-10-05T03:45:00Z'));
  const now = clock();
  expect(now.timeZoneId).toBe('Asia/Kolkata');
  expect(now.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('09:15');
  expect(now.toPlainDate().toString()).toBe('2026-10-05');
});

test('it runs on from there and never back', () => {
  const clock = createTradingClock(Temporal.Instant.from('2026-10-05T03:45:00Z'));
  const first = clock();
  while (Temporal.ZonedDateTime.compare(clock(), first) <= 0);
  expect(clock().since(first).total('seconds')).toBeGreaterThan(0);
});

test('without an instant it is the real time', () => {
  const before = Temporal.Now.instant().epochMilliseconds;
  const now = createTradingClock()().epochMilliseconds;
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Temporal.Now.instant().epochMilliseconds);
});
