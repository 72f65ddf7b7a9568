import type { CalendarDraft } from '@orderlane/domain/calendar-entry';
import type { CalendarLine } from '@orderlane/domain/calendar-lines';
import { calendarData, hoursText } from '@orderlane/manage/calendar-data';
import { addCalendarDay, removeCalendarDay } from '@orderlane/manage/change-calendar';
import type { Answer, Cli } from '../cli.ts';
import { readToday } from '../today.ts';
import { inTransaction } from '../with-db.ts';

/** @throws ManageError invalid_calendar_entry, calendar_overlap */
export async function addToCalendar(cli: Cli, draft: CalendarDraft): Promise<Answer> {
  const added = await inTransaction(cli, async (manager) => await addCalendarDay(manager, draft));
  const warnings = warningsOf(added, readToday(cli.environment));
  const text = [...added.map(describe), ...warnings.map((warning) => `Warning: ${warning}`)];
  return { data: { added: added.map(calendarData), warnings }, text: text.join('\n') };
}

/** @throws ManageError invalid_calendar_entry, unknown_calendar_entry */
export async function removeFromCalendar(
  cli: Cli,
  asked: { date: string; exchanges: string | undefined },
): Promise<Answer> {
  const removed = await inTransaction(
    cli,
    async (manager) => await removeCalendarDay(manager, asked),
  );
  const text = removed.map((line) => `Removed: ${describe(line)}`).join('\n');
  return { data: { removed: removed.map(calendarData) }, text };
}

/** A year that is wrong by one is the likeliest slip. */
function warningsOf([line]: readonly CalendarLine[], today: Temporal.PlainDate): string[] {
  if (line === undefined || line.date >= today.toString()) return [];
  return [`${line.date} is over`];
}

function describe(line: CalendarLine): string {
  const isOpen = line.hours === null ? 'is' : 'is open';
  return `${line.exchange} on ${line.date} ${isOpen} ${hoursText(line)}`;
}
