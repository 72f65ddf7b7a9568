import type { Mapping } from './mapping.ts';
import type { Calendar } from './market-calendar.ts';
import { squareOffToday } from './square-off-session.ts';

interface Timed {
  isIntraday: boolean;
  squareoffTime: string | null;
  mappings: readonly Mapping[];
}

export interface SquareOffMove {
  before: Timed;
  after: Timed;
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
  /** The time (`HH:MM`) of the last square-off of today's session; null: none has begun. */
  lastDueTime: string | null;
}

/**
 * Whether a changed square-off time is over already today, while the session is open and today's
 * square-off has not begun: then it has to be said whether the strategy is squared off now. Left
 * alone it would be squared off neither at the old time nor at the new one.
 */
export function isMovedBeforeNow(move: SquareOffMove): boolean {
  const { before, after, now, lastDueTime } = move;
  if (after.squareoffTime === null || after.squareoffTime === before.squareoffTime) return false;
  if (lastDueTime !== null && lastDueTime >= after.squareoffTime) return false;
  const session = squareOffToday(after, move);
  if (session === undefined) return false;
  const isOver = Temporal.ZonedDateTime.compare(session.dueAt, now) <= 0;
  return isOver && Temporal.ZonedDateTime.compare(now, session.closesAt) < 0;
}
