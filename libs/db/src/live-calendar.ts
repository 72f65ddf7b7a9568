import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { type Calendar, calendarOf2026 } from '@orderlane/domain/market-calendar';
import { listCalendarDays } from './calendar-days.ts';
import type { Db } from './open-db.ts';

/** The calendar as it was read last; what is built in before that. */
export interface LiveCalendar extends Calendar {
  /** As it is: read anew when it was forgotten, or is older than `maxAgeMs`. @throws when Postgres is away */
  read(): Promise<Calendar>;
  /** Something was changed: the next `read` asks the database. */
  forget(): void;
}

/** A read that hangs must not hold up who comes later: they ask for themselves (ms). */
const sharedForMs = 200;

/** Keeps the merged calendar of the built-in days, OpenAlgo's and people's own. */
export function createLiveCalendar(deps: {
  db: Db;
  monotonicNow(): number;
  maxAgeMs: number;
}): LiveCalendar {
  const { db, monotonicNow, maxAgeMs } = deps;
  let last: { calendar: Calendar; since: number } | undefined;
  let asking: { calendar: Promise<Calendar>; since: number } | undefined;
  const ask = async (since: number): Promise<Calendar> => {
    const calendar = calendarOf(winningLines(await listCalendarDays(db)));
    // What was asked for earlier, and answered later, is older.
    if (last === undefined || since >= last.since) last = { calendar, since };
    return calendar;
  };
  let forgottenAt = Number.NEGATIVE_INFINITY;
  return {
    get: (date) => (last?.calendar ?? calendarOf2026).get(date),
    async read() {
      const now = monotonicNow();
      const isFresh = (since: number) => since > forgottenAt && now - since <= maxAgeMs;
      if (last !== undefined && isFresh(last.since)) return last.calendar;
      const isShared =
        asking !== undefined && isFresh(asking.since) && now - asking.since <= sharedForMs;
      if (asking === undefined || !isShared) asking = { calendar: ask(now), since: now };
      return await asking.calendar;
    },
    forget() {
      forgottenAt = monotonicNow();
    },
  };
}
