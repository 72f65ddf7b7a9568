import { deleteOwnDays, insertOwnDays } from '@orderlane/db/calendar-days';
import {
  type CalendarDraft,
  checkCalendarEntry,
  readDate,
  readExchanges,
} from '@orderlane/domain/calendar-entry';
import type { CalendarLine } from '@orderlane/domain/calendar-lines';
import type { Exchange } from '@orderlane/domain/instrument';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { calendarData } from './calendar-data.ts';
import { ManageError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/**
 * Enters hours, or a closed day, of one or more exchanges: they go before whatever OpenAlgo says, for
 * every strategy. All or none.
 * @throws ManageError invalid_calendar_entry, calendar_overlap
 */
export async function addCalendarDay(
  manager: Manager,
  draft: CalendarDraft,
): Promise<CalendarLine[]> {
  const checked = checkCalendarEntry(draft);
  if (!checked.ok) throw saveError('invalid_calendar_entry', checked.issues);
  const { lines } = checked;
  const overlapping = await insertOwnDays(manager.db, { lines, addedBy: manager.who });
  if (overlapping.length > 0) throw overlapError(overlapping);
  await recordChange(manager, {
    what: 'calendar.add',
    subject: `calendar ${draft.date.trim()}`,
    after: { days: lines.map(calendarData) },
  });
  return lines;
}

function overlapError(lines: readonly CalendarLine[]): ManageError {
  const names = lines.map(({ exchange }) => exchange).join(', ');
  const text = `There is an entry for ${names} on ${lines[0]?.date} already: remove it first`;
  return new ManageError('calendar_overlap', text);
}

/**
 * Takes people's entries of a date away, of the exchanges that are named or of all.
 * @throws ManageError invalid_calendar_entry, unknown_calendar_entry
 */
export async function removeCalendarDay(
  manager: Manager,
  asked: { date: string; exchanges: string | undefined },
): Promise<CalendarLine[]> {
  const { date, exchanges } = readAsked(asked);
  const removed = await deleteOwnDays(manager.db, { date, exchanges });
  const missing = (exchanges ?? []).filter(
    (exchange) => !removed.some((line) => line.exchange === exchange),
  );
  if (removed.length === 0 || missing.length > 0) {
    const named = missing.length === 0 ? '' : ` for ${missing.join(', ')}`;
    const text = `Nobody entered anything${named} on ${date}`;
    throw new ManageError('unknown_calendar_entry', text);
  }
  await recordChange(manager, {
    what: 'calendar.remove',
    subject: `calendar ${date}`,
    before: { days: removed.map(calendarData) },
  });
  return removed;
}

function readAsked(asked: { date: string; exchanges: string | undefined }): {
  date: string;
  exchanges: Exchange[] | null;
} {
  const date = readDate(asked.date);
  const named = asked.exchanges === undefined ? undefined : readExchanges(asked.exchanges);
  const issues: SaveIssue[] = [
    ...(typeof date === 'string' ? [] : [date]),
    ...(named?.issues ?? []),
  ];
  if (typeof date !== 'string' || issues.length > 0) {
    throw saveError('invalid_calendar_entry', issues);
  }
  return { date, exchanges: named?.exchanges ?? null };
}
