import { describe, expect, it } from 'vitest';
import { exchanges } from './instrument.ts';
import { calendarOf2026 } from './market-calendar.ts';
import { openSessionAt, sessionOf } from './market-sessions.ts';
import { at } from './testing/make.ts';

function hoursOf(exchange: (typeof exchanges)[number], date: string) {
  const session = sessionOf(exchange, Temporal.PlainDate.from(date), calendarOf2026);
  if (session === undefined) return 'closed';
  const [from, to] = [session.opensAt, session.closesAt].map((end) =>
    end.toPlainTime().toString({ smallestUnit: 'minute' }),
  );
  return `${from}-${to}`;
}

describe('the hours of a normal day', () => {
  it.each([
    ['NSE', '2026-02-10', '09:15-15:30'],
    ['NSE', '2026-08-03', '09:15-15:30'],
    ['NFO', '2026-07-31', '09:15-15:30'],
    ['NFO', '2026-08-03', '09:15-15:40'],
    ['BFO', '2026-08-03', '09:15-15:40'],
    ['CDS', '2026-02-10', '09:00-17:00'],
    ['NFO', '2019-06-03', '09:15-15:30'],
  ] as const)('%s on %s: %s', (exchange, date, hours) => {
    expect(hoursOf(exchange, date)).toBe(hours);
  });

  it.each([
    ['2026-02-10', '09:00-23:55'],
    ['2026-03-06', '09:00-23:55'], // New York changes on Sunday the 8th
    ['2026-03-09', '09:00-23:30'],
    ['2026-10-30', '09:00-23:30'],
    ['2026-11-02', '09:00-23:55'],
  ])('MCX follows the clock of New York: %s %s', (date, hours) => {
    expect(hoursOf('MCX', date)).toBe(hours);
  });

  it('are known for every exchange', () => {
    for (const exchange of exchanges) expect(hoursOf(exchange, '2026-02-10')).not.toBe('closed');
  });
});

describe('the calendar', () => {
  it.each([
    ['NSE', '2026-02-07', 'closed'],
    ['NSE', '2026-02-01', '09:15-15:30'],
    ['CDS', '2026-02-01', 'closed'],
    ['NSE', '2026-11-08', '18:00-19:15'],
    ['NSE', '2026-03-03', 'closed'],
    ['MCX', '2026-03-03', '17:00-23:55'],
    ['MCX', '2026-03-26', '17:00-23:30'],
    ['MCX', '2026-10-20', '17:00-23:30'],
    ['MCX', '2026-11-10', '17:00-23:55'],
    ['MCX', '2026-01-26', 'closed'],
    ['NSE', '2027-01-26', '09:15-15:30'],
  ] as const)('%s on %s: %s', (exchange, date, hours) => {
    expect(hoursOf(exchange, date)).toBe(hours);
  });

  it('has a session that ends after midnight', () => {
    const session = openSessionAt('MCX', at('00:10', '2026-11-09'), calendarOf2026);
    expect(session?.opensAt.toPlainDate().toString()).toBe('2026-11-08');
    expect(openSessionAt('MCX', at('00:15', '2026-11-09'), calendarOf2026)).toBeUndefined();
    expect(openSessionAt('NSE', at('00:10', '2026-11-09'), calendarOf2026)).toBeUndefined();
  });
});
