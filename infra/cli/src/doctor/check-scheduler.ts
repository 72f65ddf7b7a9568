import { listCalendarReads } from '@orderlane/db/calendar-days';
import { readClock } from '@orderlane/db/clock';
import type { Db } from '@orderlane/db/open-db';
import { type Finding, well, wrong } from './finding.ts';

/** A scheduler ticks each minute, and by itself after TICK_STALE_MS. */
const tickedWithinMs = 150_000;
/** It is read again every 12 hours. */
const calendarWithinMs = 3 * 86_400_000;

/** What schedulers leave behind while they live: the tick, and the calendar that they keep. */
export async function checkScheduler(db: Db, year: number): Promise<Finding[]> {
  return [await ofTick(db), await ofCalendar(db, year)];
}

async function ofTick(db: Db): Promise<Finding> {
  const { lastTickAgoMs } = await readClock(db);
  if (lastTickAgoMs <= tickedWithinMs) return well('scheduler', 'ticked within the last minutes');
  const ago = Number.isFinite(lastTickAgoMs)
    ? `has not ticked for ${Math.round(lastTickAgoMs / 1000)} s`
    : 'has never ticked';
  return wrong(
    'scheduler',
    `the scheduler ${ago}: no square-off begins`,
    'Start a scheduler; of one that runs, look at its log',
  );
}

async function ofCalendar(db: Db, year: number): Promise<Finding> {
  const cure = 'Look whether OpenAlgo answers; enter days by hand: orderlane calendar add';
  const read = (await listCalendarReads(db)).find((each) => each.year === year);
  if (read === undefined) {
    return wrong(
      'calendar',
      `OpenAlgo's calendar of ${year} was never read: weekdays count as trading days`,
      cure,
    );
  }
  const { agoMs: ageMs } = read;
  if (ageMs <= calendarWithinMs)
    return well('calendar', `that of ${year} was read ${daysOf(ageMs)}`);
  return wrong('calendar', `that of ${year} was read ${daysOf(ageMs)}: it may have changed`, cure);
}

function daysOf(ageMs: number): string {
  const days = Math.floor(ageMs / 86_400_000);
  return days === 0 ? 'in the last 24 hours' : `${days} days ago`;
}
