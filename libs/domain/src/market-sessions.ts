import type { Exchange } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { type MarketHours, marketHours } from './market-hours.ts';

/** When an exchange trades on one date. */
export interface Session {
  /** From the first instant of trading to the first instant after it, in Asia/Kolkata. */
  opensAt: Temporal.ZonedDateTime;
  closesAt: Temporal.ZonedDateTime;
  /** Hours that the calendar gives for this date alone. */
  isSpecial: boolean;
}

const zone = 'Asia/Kolkata';

/**
 * The session of an exchange that begins on a date, undefined on a weekend or holiday. A weekday
 * that the calendar does not know is a trading day.
 */
export function sessionOf(
  exchange: Exchange,
  date: Temporal.PlainDate,
  calendar: Calendar,
): Session | undefined {
  const day = calendar.get(date.toString());
  const special = day?.special.find((hours) => hours.exchange === exchange);
  if (special !== undefined) return { ...span(date, special), isSpecial: true };
  if (date.dayOfWeek > 5 || day?.closed.includes(exchange)) return undefined;
  return { ...span(date, normalHours(exchange, date)), isSpecial: false };
}

/** The session that is open at this instant; it may have begun the day before (Muhurat on MCX). */
export function openSessionAt(
  exchange: Exchange,
  now: Temporal.ZonedDateTime,
  calendar: Calendar,
): Session | undefined {
  const today = now.withTimeZone(zone).toPlainDate();
  return [today, today.subtract({ days: 1 })]
    .map((date) => sessionOf(exchange, date, calendar))
    .find((session) => session !== undefined && isOpenAt(session, now));
}

/** The closing instant itself counts as closed. */
export function isOpenAt(session: Session, now: Temporal.ZonedDateTime): boolean {
  return (
    Temporal.ZonedDateTime.compare(session.opensAt, now) <= 0 &&
    Temporal.ZonedDateTime.compare(now, session.closesAt) < 0
  );
}

/** Open and close of a normal day, `HH:MM` of Asia/Kolkata, by the date's line of the data. */
export function normalHours(
  exchange: Exchange,
  date: Temporal.PlainDate,
): { open: string; close: string } {
  const hours = lineOf(exchange, date);
  return { open: hours.open, close: closeOf(hours, date) };
}

/** The latest close that a normal day may have around a date: that of winter, where there is one. */
export function latestClose(exchange: Exchange, date: Temporal.PlainDate): string {
  const { close, winterClose } = lineOf(exchange, date);
  return winterClose ?? close;
}

function lineOf(exchange: Exchange, date: Temporal.PlainDate): MarketHours {
  const valid = marketHours
    .filter((line) => line.exchange === exchange && line.validFrom <= date.toString())
    .at(-1);
  const hours = valid ?? marketHours.find((first) => first.exchange === exchange);
  if (hours === undefined) throw new Error(`No hours known for exchange ${exchange}`);
  return hours;
}

/** MCX follows the US clock: it closes later while New York is five hours behind UTC. */
function closeOf(hours: MarketHours, date: Temporal.PlainDate): string {
  if (hours.winterClose === undefined) return hours.close;
  const noon = date.toZonedDateTime({ timeZone: 'America/New_York', plainTime: '12:00' });
  return noon.offset === '-05:00' ? hours.winterClose : hours.close;
}

function span(date: Temporal.PlainDate, hours: { open: string; close: string }) {
  const closeDate = hours.close < hours.open ? date.add({ days: 1 }) : date;
  return {
    opensAt: date.toZonedDateTime({ timeZone: zone, plainTime: hours.open }),
    closesAt: closeDate.toZonedDateTime({ timeZone: zone, plainTime: hours.close }),
  };
}
