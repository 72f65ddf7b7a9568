import type { Exchange } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { normalHours, sessionOf } from './market-sessions.ts';

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
 * The same for one exchange. A session that is over by then is squared off as long before its close
 * as on a normal day; a time at the very close is tried within its minute.
 */
export function squareOffOf(
  { exchange, squareoffTime }: { exchange: Exchange; squareoffTime: string },
  date: Temporal.PlainDate,
  calendar: Calendar,
): SquareOffSession | undefined {
  const session = sessionOf(exchange, date, calendar);
  if (session === undefined) return undefined;
  const wanted = at(date, squareoffTime);
  const lead = wanted.until(at(date, normalHours(exchange, date).close));
  const isOver = isBefore(session.closesAt, wanted);
  const dueAt = isOver ? session.closesAt.subtract(lead) : wanted;
  if (!isBefore(session.opensAt, dueAt) || isBefore(session.closesAt, dueAt)) return undefined;
  const lastMinute = dueAt.add({ minutes: 1 });
  return {
    dueAt,
    closesAt: isBefore(session.closesAt, lastMinute) ? lastMinute : session.closesAt,
  };
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
