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
    expect(on('2026-03-03', ['MCX'], '23:00')).toEqual(['2026-03-03T23:00', '2026-03-03T23:55']);
  });

  it('needs an exchange', () => {
    expect(on('2026-02-10', [])).toBeUndefined();
  });
});

it('of several exchanges it counts until the last of them closes', () => {
  expect(on('2026-02-10', ['NSE', 'MCX'])).toEqual(['2026-02-10T15:10', '2026-02-10T23:55']);
});

/** The same on a day with hours of its own. */
function onSpecial(hours: string, exchange: Exchange, squareoffTime: string) {
  const [open = '', close = ''] = hours.split('-');
  const date = '2026-05-16';
  const day = { closed: [], special: [{ exchange, open, close }] };
  const calendar: Calendar = new Map([[date, day]]);
  const times = { squareoffTime, exchanges: [exchange] };
  const session = squareOffOn(times, Temporal.PlainDate.from(date), calendar);
  return session && shown(session).map((time) => time.replace('2026-05-', ''));
}

describe('a session that is over before the time', () => {
  it.each([
    ['09:15-12:30', 'NSE', '15:10', ['16T12:10', '16T12:30']],
    ['09:15-12:30', 'NFO', '15:20', ['16T12:20', '16T12:30']],
    ['09:00-14:00', 'CDS', '16:40', ['16T13:40', '16T14:00']],
    ['09:00-14:00', 'MCX', '23:20', ['16T13:25', '16T14:00']],
    ['09:15-15:09', 'NSE', '15:10', ['16T14:49', '16T15:09']],
  ] as const)(
    '%s on %s, %s: is squared off as long before its close as on other days',
    (...[hours, exchange, time, expected]) => {
      expect(onSpecial(hours, exchange, time)).toEqual(expected);
    },
  );

  it.each([
    ['09:00-14:00', 'MCX', '15:10', ['16T13:25', '16T14:00']],
    ['09:15-10:00', 'NSE', '14:00', ['16T09:37', '16T10:00']],
    ['09:15-10:15', 'NSE', '14:00', ['16T09:45', '16T10:15']],
    ['09:15-12:30', 'NSE', '15:30', ['16T11:55', '16T12:30']],
  ] as const)(
    '%s on %s, %s: never before it opens nor at its close, whatever the time is',
    (...[hours, exchange, time, expected]) => {
      expect(onSpecial(hours, exchange, time)).toEqual(expected);
    },
  );

  it('keeps the time while it is still open then', () => {
    expect(onSpecial('09:15-15:30', 'NFO', '15:10')).toEqual(['16T15:10', '16T15:30']);
    expect(onSpecial('09:15-15:10', 'NSE', '15:10')).toEqual(['16T15:10', '16T15:11']);
  });

  it('is none where it opens only afterwards: its own window keeps the strategy out of it', () => {
    expect(onSpecial('18:00-19:15', 'NSE', '15:10')).toBeUndefined();
    expect(onSpecial('15:10-19:15', 'NSE', '15:10')).toBeUndefined();
  });
});

describe('MCX follows the clock of New York', () => {
  it.each([
    ['2026-03-06', '23:20', ['2026-03-06T23:20', '2026-03-06T23:55']],
    ['2026-03-09', '22:55', ['2026-03-09T22:55', '2026-03-09T23:30']],
    ['2026-10-30', '22:55', ['2026-10-30T22:55', '2026-10-30T23:30']],
    ['2026-11-02', '22:55', ['2026-11-02T22:55', '2026-11-02T23:55']],
  ] as const)('%s at %s', (date, time, expected) => {
    expect(on(date, ['MCX'], time)).toEqual(expected);
  });

  it('a time that was chosen in winter still squares off in summer, before the close', () => {
    expect(on('2026-03-06', ['MCX'], '23:40')).toEqual(['2026-03-06T23:40', '2026-03-06T23:55']);
    expect(on('2026-03-09', ['MCX'], '23:40')).toEqual(['2026-03-09T23:15', '2026-03-09T23:30']);
    expect(on('2026-06-10', ['MCX'], '23:55')).toEqual(['2026-06-10T22:55', '2026-06-10T23:30']);
    // The evening session of a holiday, in summer.
    expect(on('2026-03-26', ['MCX'], '23:40')).toEqual(['2026-03-26T23:15', '2026-03-26T23:30']);
  });
});

describe('Muhurat', () => {
  it('goes on after midnight on MCX, and belongs to the date on which it began', () => {
    expect(on('2026-11-08', ['MCX'], '23:20')).toEqual(['2026-11-08T23:20', '2026-11-09T00:15']);
    expect(on('2026-11-08', ['MCX'], '23:55')).toEqual(['2026-11-08T23:55', '2026-11-09T00:15']);
    expect(on('2026-11-09', ['MCX'], '23:20')).toEqual(['2026-11-09T23:20', '2026-11-09T23:55']);
  });

  it('is an evening without a square-off for strategies of the day', () => {
    expect(on('2026-11-08', ['NSE', 'NFO'], '15:10')).toBeUndefined();
  });
});

it('on a day on which one exchange closes early the first of them decides when, the last until when', () => {
  const day = {
    closed: [],
    special: [{ exchange: 'NSE', open: '09:15', close: '12:30' }],
  } as const;
  const calendar: Calendar = new Map([['2026-05-18', day]]);
  const times = { squareoffTime: '15:10', exchanges: ['NSE', 'MCX'] } as const;
  const session = squareOffOn(times, Temporal.PlainDate.from('2026-05-18'), calendar);
  expect(session && shown(session)).toEqual(['2026-05-18T12:10', '2026-05-18T23:30']);
});

it('on a day on which one exchange is closed the other is squared off', () => {
  expect(on('2026-03-26', ['NSE', 'MCX'], '22:00')).toEqual([
    '2026-03-26T22:00',
    '2026-03-26T23:30',
  ]);
});

it('a time at the very close is tried within its minute', () => {
  expect(on('2026-02-10', ['NSE'], '15:30')).toEqual(['2026-02-10T15:30', '2026-02-10T15:31']);
});
