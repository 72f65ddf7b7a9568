import type { CalendarLine, Hours } from './calendar-lines.ts';
import { type Exchange, exchanges } from './instrument.ts';
import { latestClose, normalHours } from './market-sessions.ts';
import { isSession } from './session-hours.ts';

/** A row of OpenAlgo's calendar, as `/market/holidays` has it. */
export interface HolidayRow {
  /** `YYYY-MM-DD` of Asia/Kolkata. */
  date: string;
  description: string | null;
  /** TRADING_HOLIDAY, SETTLEMENT_HOLIDAY, SPECIAL_SESSION. */
  kind: string;
  closedExchanges: readonly string[];
  /** Epoch (ms). */
  openExchanges: readonly { exchange: string; startsAt: number; endsAt: number }[];
}

export type ReadHolidays =
  | { ok: true; lines: CalendarLine[] }
  /** The answer proves nothing, and why. */
  | { ok: false; flaw: string };

const zone = 'Asia/Kolkata';

/**
 * What OpenAlgo's calendar of a year says, exchange by exchange. One row that cannot be right spoils
 * the whole answer: some versions have hours of another year in it, and an empty list is what a
 * fault of its database looks like. A settlement holiday is a normal day of trading.
 */
export function readHolidays(rows: readonly HolidayRow[], year: number): ReadHolidays {
  const lines = new Map<string, CalendarLine>();
  for (const row of rows.filter(({ kind }) => kind !== 'SETTLEMENT_HOLIDAY')) {
    const flaw = takeRow(lines, row, year);
    if (flaw !== undefined) return { ok: false, flaw: `${nameOf(row)} ${flaw}` };
  }
  const all = [...lines.values()];
  return all.length > 0 ? { ok: true, lines: all } : { ok: false, flaw: 'it names no holiday' };
}

type Lines = Map<string, CalendarLine>;

/** Adds what a row says to the lines; a text: what is wrong with it. */
function takeRow(lines: Lines, row: HolidayRow, year: number): string | undefined {
  if (Number(row.date.slice(0, 4)) !== year) return `is not in ${year}`;
  for (const line of closedLines(row)) {
    // Closed in the day and open in the evening is how a holiday with a session reads.
    if (!lines.has(keyOf(line))) lines.set(keyOf(line), line);
  }
  return row.openExchanges
    .map((session) => takeSession(lines, readSession(row, session)))
    .find((flaw) => flaw !== undefined);
}

function takeSession(lines: Lines, read: CalendarLine | string | undefined): string | undefined {
  if (typeof read !== 'object') return read;
  const joined = join(lines.get(keyOf(read)), read);
  if (joined === undefined) return `has two sessions of ${read.exchange} at once`;
  lines.set(keyOf(read), joined);
  return undefined;
}

function closedLines({ date, description: note, closedExchanges }: HolidayRow): CalendarLine[] {
  return closedExchanges.flatMap((name) => {
    const exchange = exchangeOf(name);
    return exchange === undefined ? [] : [{ date, exchange, hours: null, note }];
  });
}

/** Undefined: an exchange that is none of ours. A text: what is wrong with it. */
function readSession(
  { date, description: note }: HolidayRow,
  { exchange: name, startsAt, endsAt }: HolidayRow['openExchanges'][number],
): CalendarLine | string | undefined {
  const exchange = exchangeOf(name);
  if (exchange === undefined) return undefined;
  const day = Temporal.PlainDate.from(date);
  const [from, to] = [startsAt, endsAt].map(localOf);
  if (from === undefined || to === undefined) return `has hours of ${exchange} that are no time`;
  const hours = { open: timeOf(from), close: timeOf(to) };
  const daysLong = from.toPlainDate().until(to.toPlainDate()).days;
  const isOnDay = from.toPlainDate().equals(day) && daysLong === (hours.close < hours.open ? 1 : 0);
  if (endsAt <= startsAt || !isOnDay || !isSession(hours)) {
    return `has hours of ${exchange} that are not of that day`;
  }
  return { date, exchange, hours: { ...hours, close: seasonalClose(exchange, day, hours) }, note };
}

/** OpenAlgo closes commodities at their winter time all year. */
function seasonalClose(
  exchange: Exchange,
  day: Temporal.PlainDate,
  { open, close }: Hours,
): string {
  const { close: usual } = normalHours(exchange, day);
  const isWinterTime = usual !== latestClose(exchange, day) && close > usual && open < usual;
  return isWinterTime ? usual : close;
}

/** Two sessions of a day become one from the first open to the last close; undefined: they overlap. */
function join(known: CalendarLine | undefined, line: CalendarLine): CalendarLine | undefined {
  const [one, other] = [known?.hours, line.hours];
  if (!one || other === null) return line;
  if (one.open === other.open && one.close === other.close) return line;
  const [first, second] = one.open < other.open ? [one, other] : [other, one];
  if (first.close < first.open || first.close > second.open) return undefined;
  return { ...line, hours: { open: first.open, close: second.close } };
}

function exchangeOf(name: string): Exchange | undefined {
  return exchanges.find((known) => known === name);
}

function localOf(epochMs: number): Temporal.ZonedDateTime | undefined {
  if (!Number.isSafeInteger(epochMs) || Math.abs(epochMs) > 8.64e15) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
}

function timeOf(local: Temporal.ZonedDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}

function keyOf({ date, exchange }: CalendarLine): string {
  return `${date} ${exchange}`;
}

function nameOf({ date, description }: HolidayRow): string {
  return description === null ? date : `${date} (${description})`;
}
