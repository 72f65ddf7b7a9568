import type { Exchange } from './instrument.ts';

export interface SpecialHours {
  exchange: Exchange;
  /** `HH:MM` of Asia/Kolkata; a close before the open is on the next day. */
  open: string;
  close: string;
}

/** A day that is not like the others. Exchanges it does not name keep their normal day. */
export interface CalendarDay {
  closed: readonly Exchange[];
  special: readonly SpecialHours[];
}

/** The days that are not like the others; a weekday that it does not know is a trading day. */
export interface Calendar {
  /** @param date `YYYY-MM-DD` */
  get(date: string): CalendarDay | undefined;
}

const dayMarkets: readonly Exchange[] = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'NCDEX'];
const eveningMarkets: readonly Exchange[] = ['MCX', 'NCO'];

const closedAllDay: CalendarDay = { closed: [...dayMarkets, ...eveningMarkets], special: [] };

/** Commodities follow the US clock in the evening of a holiday too. */
const closedUntilEvening: CalendarDay = eveningUntil('23:30');
const closedUntilWinterEvening: CalendarDay = eveningUntil('23:55');

function eveningUntil(close: string): CalendarDay {
  const special = eveningMarkets.map((exchange) => ({ exchange, open: '17:00', close }));
  return { closed: dayMarkets, special };
}

const fullDaySession: CalendarDay = {
  closed: [],
  special: (['NSE', 'BSE', 'NFO', 'BFO'] as const).map((exchange) => ({
    exchange,
    open: '09:15',
    close: '15:30',
  })),
};

const muhurat: CalendarDay = {
  closed: [],
  special: [
    ...dayMarkets.map((exchange) => ({ exchange, open: '18:00', close: '19:15' })),
    ...eveningMarkets.map((exchange) => ({ exchange, open: '18:00', close: '00:15' })),
  ],
};

/**
 * What is known of 2026 without asking anyone: days from OpenAlgo's own calendar, not checked
 * against the exchanges' circulars; the evening sessions, and the hours of Muhurat trading, are
 * what earlier years had. OpenAlgo's `/market/holidays`, read every day, goes before this, and what
 * people enter before both.
 */
export const calendarOf2026: ReadonlyMap<string, CalendarDay> = new Map([
  ['2026-01-15', closedUntilWinterEvening],
  ['2026-01-26', closedAllDay],
  ['2026-02-01', fullDaySession], // a Sunday: the budget
  ['2026-03-03', closedUntilWinterEvening],
  ['2026-03-26', closedUntilEvening],
  ['2026-03-31', closedUntilEvening],
  ['2026-04-03', closedAllDay],
  ['2026-04-14', closedUntilEvening],
  ['2026-05-01', closedUntilEvening],
  ['2026-05-28', closedUntilEvening],
  ['2026-06-26', closedUntilEvening],
  ['2026-09-14', closedUntilEvening],
  ['2026-10-02', closedAllDay],
  ['2026-10-20', closedUntilEvening],
  ['2026-11-08', muhurat], // a Sunday
  ['2026-11-10', closedUntilWinterEvening],
  ['2026-11-24', closedUntilWinterEvening],
  ['2026-12-25', closedAllDay],
]);
