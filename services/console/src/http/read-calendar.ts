import { listCalendarDays } from '@orderlane/db/calendar-days';
import type { Db } from '@orderlane/db/open-db';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import type { Calendar } from '@orderlane/domain/market-calendar';

/** The calendar as it stands: built in, OpenAlgo's, and people's own entries before them. */
export async function readCalendar(db: Db): Promise<Calendar> {
  return calendarOf(winningLines(await listCalendarDays(db)));
}
