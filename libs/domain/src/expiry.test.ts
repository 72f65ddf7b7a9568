import { expect, it } from 'vitest';
import { entryExpiry, exitExpiry } from './expiry.ts';
import { type Calendar, calendarOf2026 } from './market-calendar.ts';
import { at, makeMapping, makeStrategy } from './testing/make.ts';

const minutes = 60_000;
const calendar = calendarOf2026;

it.each([
  ['10:00:00', 301 * minutes],
  ['15:00:00', 1 * minutes],
  ['15:00:59', 1_000],
  ['15:01:00', 0],
  ['16:00:00', 0],
])('an entry at %s is void by the end of the window, %d ms later', (time, latestExpiresInMs) => {
  const wait = { now: at(time), calendar, entryMaxAgeMs: 60_000 };
  expect(entryExpiry(makeStrategy(), wait)).toEqual({ expiresInMs: 60_000, latestExpiresInMs });
});

it('an entry is void when the square-off begins, should that be within the last minute', () => {
  const strategy = makeStrategy({ endTime: '15:14', squareoffTime: '15:14' });
  const wait = { now: at('15:13'), calendar, entryMaxAgeMs: 600_000 };
  expect(entryExpiry(strategy, wait).latestExpiresInMs).toBe(1 * minutes);
});

it('on a day with a short session an entry is void when its square-off begins', () => {
  const special = [{ exchange: 'NSE', open: '09:15', close: '12:30' }] as const;
  const short: Calendar = new Map([['2026-02-10', { closed: [], special }]]);
  const wait = { now: at('12:14'), calendar: short, entryMaxAgeMs: 60_000 };
  expect(entryExpiry(makeStrategy(), wait).latestExpiresInMs).toBe(1 * minutes);
});

it("a strategy's own age counts, and a positional one has no window", () => {
  const strategy = makeStrategy({ entryMaxAgeMs: 5_000, isIntraday: false });
  expect(entryExpiry(strategy, { now: at('22:00'), calendar, entryMaxAgeMs: 60_000 })).toEqual({
    expiresInMs: 5_000,
    latestExpiresInMs: null,
  });
});

it.each([
  ['NSE', '10:00', '2026-02-10', 330 * minutes],
  ['NSE', '15:29:59', '2026-02-10', 1_000],
  ['NSE', '15:30', '2026-02-10', 10 * minutes],
  ['NSE', '23:59', '2026-02-10', 10 * minutes],
  ['NSE', '10:00', '2026-02-07', 10 * minutes],
  ['NFO', '15:35', '2026-08-03', 5 * minutes],
  ['MCX', '00:10', '2026-11-09', 5 * minutes],
] as const)(
  'an exit on %s at %s of %s may wait %d ms',
  (...[exchange, time, date, expiresInMs]) => {
    const wait = { now: at(time, date), calendar };
    const { symbol, product } = makeMapping();
    expect(exitExpiry({ exchange, symbol, product }, wait)).toEqual({
      expiresInMs,
      latestExpiresInMs: null,
    });
  },
);
