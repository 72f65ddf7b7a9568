import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { type Calendar, calendarOf2026 } from '@orderlane/domain/market-calendar';
import { listCalendarDays } from './calendar-days.ts';
import { createLiveRead, type LiveRead } from './live-read.ts';
import type { Db } from './open-db.ts';

/** The calendar as it was read last; what is built in before that. */
export type LiveCalendar = Calendar & Pick<LiveRead<Calendar>, 'read' | 'forget'>;

/** Keeps the merged calendar of the built-in days, OpenAlgo's and people's own. */
export function createLiveCalendar(deps: {
  db: Db;
  monotonicNow(): number;
  maxAgeMs: number;
}): LiveCalendar {
  const live = createLiveRead<Calendar>({
    ...deps,
    load: async () => calendarOf(winningLines(await listCalendarDays(deps.db))),
  });
  return {
    get: (date) => (live.last() ?? calendarOf2026).get(date),
    read: live.read,
    forget: live.forget,
  };
}
