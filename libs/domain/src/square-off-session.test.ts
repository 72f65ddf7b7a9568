import { describe, expect, it } from 'vitest';
import type { Exchange } from './instrument.ts';
import { type Calendar, calendarOf2026 } from './market-calendar.ts';
import { squareOffOn } from './square-off-session.ts';

function on(date: string, exchanges: readonly Exchange[], squareoffTime = '15:10') {
  const day = Temporal.PlainDate.from(date);
  const session = squareOffOn({ squareoffTime, exchanges }, day, calendarOf2026);
  return session === undefined ? undefined : shown(session);
}

function shown(session: { dueAt: Temporal.ZonedDateTime; closesAt: Temporal.ZonedDateTime }) {
  const of = (at: Temporal.ZonedDateTime) =>
    at.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return [of(session.dueAt), of(session.closesAt)];
}

describe('a session date', () => {
  it('is squared off at the time, which counts until the close', () => {
    expect(on('2026-02-10', ['NSE'])).toEqual(['2026-02-10T15:10', '2026-02-10T15:30']);
  });

  it('is no weekend and no holiday', () => {
    expect(on('2026-02-14', ['NSE', 'MCX'])).toBeUndefined();
    expect(on('2026-01-26', ['NSE', 'MCX'])).toBeUndefined();
  });

  it('may be a Sunday on which the market trades', () => {
    expect(on('2026-02-01', ['NSE'])).toEqual(['2026-02-01T15:10', '2026-02-01T15:30']);
  });

  it('is none for a time at which only the evening session of a holiday is left', () => {
    expect(on('2026-03-03', ['NSE'], '15:10')).toBeUndefined();
    expect(on('2026-03-03', ['MCX'], '16:00')).toBeUndefined();
    expect(on('2026-03-03', ['MCX'], '23:00')).toEqual(['2026-03-03T23:00', '2026-03-03T23:30']);
  });

  it('needs an exchange', () => {
    expect(on('2026-02-10', [])).toBeUndefined();
  });
});

it('of several exchanges it counts until the last of them closes', () => {
  expect(on('2026-02-10', ['NSE', 'MCX'])).toEqual(['2026-02-10T15:10', '2026-02-10T23:55']);
});

it('a session that closes early is squared off as long before its close as on other days', () => {
  const short: Calendar = new Map([
    ['2026-05-16', { closed: [], special: [{ exchange: 'NSE', open: '09:15', close: '12:30' }] }],
  ]);
  const times = { squareoffTime: '15:10', exchanges: ['NSE'] } as const;
  const session = squareOffOn(times, Temporal.PlainDate.from('2026-05-16'), short);
  expect(session && shown(session)).toEqual(['2026-05-16T12:10', '2026-05-16T12:30']);
});

it('a session that goes on after midnight belongs to the date on which it began', () => {
  expect(on('2026-11-08', ['MCX'], '23:20')).toEqual(['2026-11-08T23:20', '2026-11-09T00:15']);
});

it('a time at the very close is tried within its minute', () => {
  expect(on('2026-02-10', ['NSE'], '15:30')).toEqual(['2026-02-10T15:30', '2026-02-10T15:31']);
});
