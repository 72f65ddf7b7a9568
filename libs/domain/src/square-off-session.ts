import type { Exchange } from './instrument.ts';
import type { Mapping } from './mapping.ts';
import type { Calendar } from './market-calendar.ts';
import { latestClose, type Session, sessionOf } from './market-sessions.ts';

/** When a strategy is squared off on one date, and until when that can still be done. */
export interface SquareOffSession {
  dueAt: Temporal.ZonedDateTime;
  closesAt: Temporal.ZonedDateTime;
}

const zone = 'Asia/Kolkata';

interface Times {
  /** `HH:MM` of Asia/Kolkata. */
  squareoffTime: string;
  exchanges: readonly Exchange[];
}

/** When a strategy is squared off today, undefined where it is not: positional, or a closed day. */
export function squareOffToday(
  strategy: { isIntraday: boolean; squareoffTime: string | null; mappings: readonly Mapping[] },
  { now, calendar }: { now: Temporal.ZonedDateTime; calendar: Calendar },
): SquareOffSession | undefined {
  const { isIntraday, squareoffTime, mappings } = strategy;
  if (!isIntraday || squareoffTime === null) return undefined;
  const exchanges = [...new Set(mappings.map(({ exchange }) => exchange))];
  const today = now.withTimeZone(zone).toPlainDate();
  return squareOffOn({ squareoffTime, exchanges }, today, calendar);
}

/**
 * The square-off of a session date: at the earliest time of its exchanges, possible until the last of
 * them closes. Undefined on a date on which none of them is open at that time.
 */
export function squareOffOn(
  times: Times,
  date: Temporal.PlainDate,
  calendar: Calendar,
): SquareOffSession | undefined {
  const sessions = times.exchanges.flatMap(
    (exchange) =>
      squareOffOf({ exchange, squareoffTime: times.squareoffTime }, date, calendar) ?? [],
  );
  const [first, ...rest] = sessions;
  if (first === undefined) return undefined;
  return rest.reduce(
    (all, one) => ({
      dueAt: earlier(all.dueAt, one.dueAt),
      closesAt: earlier(all.closesAt, one.closesAt) === all.closesAt ? one.closesAt : all.closesAt,
    }),
    first,
  );
}

/**
 * The same for one exchange. A session that is over by then (a short one, or MCX in summer for a time
 * that was chosen in winter) is squared off as long before its close as on the day it was chosen for;
 * a time at the very close is tried within its minute.
 */
export function squareOffOf(
  { exchange, squareoffTime }: { exchange: Exchange; squareoffTime: string },
  date: Temporal.PlainDate,
  calendar: Calendar,
): SquareOffSession | undefined {
  const session = sessionOf(exchange, date, calendar);
  if (session === undefined) return undefined;
  const wanted = at(date, squareoffTime);
  if (!isBefore(session.opensAt, wanted)) return undefined;
  const isOver = isBefore(session.closesAt, wanted);
  const usualClose = at(date, latestClose(exchange, date));
  const dueAt = isOver ? dueBeforeClose(session, wanted.until(usualClose)) : wanted;
  const lastMinute = dueAt.add({ minutes: 1 });
  return {
    dueAt,
    closesAt: isBefore(session.closesAt, lastMinute) ? lastMinute : session.closesAt,
  };
}

/** Where the time's own distance from the close makes no sense in a session (ms): 35 minutes. */
const usualLeadMs = 2_100_000;

/** Never at the close or before the open: a session that short gives half of itself at the most. */
function dueBeforeClose(session: Session, lead: Temporal.Duration): Temporal.ZonedDateTime {
  const lengthMs = session.closesAt.epochMilliseconds - session.opensAt.epochMilliseconds;
  const leadMs = lead.total('milliseconds');
  const fits = leadMs > 0 && leadMs < lengthMs;
  const milliseconds = fits ? leadMs : Math.min(usualLeadMs, Math.floor(lengthMs / 2));
  return session.closesAt.subtract({ milliseconds });
}

function at(date: Temporal.PlainDate, plainTime: string): Temporal.ZonedDateTime {
  return date.toZonedDateTime({ timeZone: zone, plainTime });
}

function isBefore(left: Temporal.ZonedDateTime, right: Temporal.ZonedDateTime): boolean {
  return Temporal.ZonedDateTime.compare(left, right) < 0;
}

function earlier(left: Temporal.ZonedDateTime, right: Temporal.ZonedDateTime) {
  return isBefore(right, left) ? right : left;
}
