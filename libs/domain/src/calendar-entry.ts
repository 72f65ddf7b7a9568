import type { CalendarLine, Hours } from './calendar-lines.ts';
import { type Exchange, exchanges } from './instrument.ts';
import type { SaveIssue } from './save-issue.ts';
import { isSession } from './session-hours.ts';

/** A person's own line of the calendar, as it was typed. */
export interface CalendarDraft {
  /** `2027-02-01` */
  date: string;
  /** `NSE,NFO` */
  exchanges: string;
  /** `09:15-15:30`, or `closed`. */
  hours: string;
  note: string | null;
}

export type CheckedEntry =
  | { ok: true; lines: CalendarLine[] }
  | { ok: false; issues: readonly SaveIssue[] };

/** No calendar reaches further; a year beyond is a slip of the fingers. */
const years = { first: 2020, last: 2050 };

const longestNote = 200;

/** One line for each exchange, or everything that is wrong. */
export function checkCalendarEntry(draft: CalendarDraft): CheckedEntry {
  const date = readDate(draft.date);
  const named = readExchanges(draft.exchanges);
  const hours = readHours(draft.hours);
  const note = draft.note?.trim() || null;
  const issues = [
    ...(typeof date === 'string' ? [] : [date]),
    ...named.issues,
    ...(hours !== null && 'text' in hours ? [hours] : []),
    ...(note !== null && note.length > longestNote ? [issue('note', 'The note is too long')] : []),
  ];
  if (issues.length > 0 || typeof date !== 'string' || (hours !== null && 'text' in hours)) {
    return { ok: false, issues };
  }
  return { ok: true, lines: named.exchanges.map((exchange) => ({ date, exchange, hours, note })) };
}

/** `2027-02-01`, a date that exists. */
export function readDate(text: string): string | SaveIssue {
  const given = text.trim();
  const wrong = issue('date', `${given || 'Nothing'} is no date: write it as 2027-02-01`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) return wrong;
  try {
    const { year } = Temporal.PlainDate.from(given);
    return year >= years.first && year <= years.last
      ? given
      : issue('date', `The year must be from ${years.first} to ${years.last}`);
  } catch {
    return wrong;
  }
}

/** A list with commas, each once. */
export function readExchanges(text: string): { exchanges: Exchange[]; issues: SaveIssue[] } {
  const names = text.split(',').map((name) => name.trim().toUpperCase());
  const known = names.flatMap((name) => exchanges.find((each) => each === name) ?? []);
  const unknown = names.filter((name) => !exchanges.some((each) => each === name));
  const issues = unknown.map((name) =>
    issue('exchanges', `Unknown exchange: ${name || '(none)'}. Known are ${exchanges.join(', ')}`),
  );
  return { exchanges: [...new Set(known)], issues };
}

function readHours(text: string): Hours | null | SaveIssue {
  const given = text.trim().toLowerCase();
  if (given === 'closed') return null;
  const [, open = '', close = ''] = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(given) ?? [];
  if (open === '') return issue('hours', 'Write the hours as 09:15-15:30, or closed');
  const hours = { open: open.padStart(5, '0'), close: close.padStart(5, '0') };
  const wrong = `${hours.open} to ${hours.close} is no session: it ends before it starts, or is no time of day`;
  return isSession(hours) ? hours : issue('hours', wrong);
}

function issue(field: keyof CalendarDraft, text: string): SaveIssue {
  return { field, text };
}
