import type { CalendarSource } from '@orderlane/domain/calendar-lines';
import { calendarData, hoursText } from '@orderlane/manage/calendar-data';
import { type ListedCalendar, listCalendar } from '@orderlane/manage/list-calendar';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { formatInstant } from '../instant.ts';
import { type Column, formatTable } from '../table.ts';
import { readToday } from '../today.ts';
import { withDb } from '../with-db.ts';

/** Exchanges that are alike on a date, in one line. */
interface Shown {
  date: string;
  exchanges: string[];
  hours: string;
  source: CalendarSource;
  note: string | null;
}

const sourceNames: Record<CalendarSource, string> = {
  built_in: 'built in',
  openalgo: 'OpenAlgo',
  own: 'entered',
};

const columns: Column<Shown>[] = [
  { title: 'DATE', of: ({ date }) => date },
  { title: 'EXCHANGES', of: ({ exchanges }) => exchanges.join(','), shrinks: true },
  { title: 'HOURS', of: ({ hours }) => hours },
  { title: 'FROM', of: ({ source }) => sourceNames[source] },
  { title: 'NOTE', of: ({ note }) => note, shrinks: true },
];

/** The days that are not like the others: from today on, or of a year. @throws CliError bad_year */
export async function showCalendar(
  cli: Cli,
  asked: { year: string | undefined; isOwn: boolean },
): Promise<Answer> {
  const span = spanOf(asked.year, readToday(cli.environment));
  const listed = await withDb(
    cli,
    async (db) => await listCalendar(db, { ...span, isOwn: asked.isOwn }),
  );
  const days = listed.lines.map((line) => ({ ...calendarData(line), source: line.source }));
  return { data: { days, reads: listed.reads.map(readData) }, text: textOf(listed) };
}

function spanOf(year: string | undefined, today: Temporal.PlainDate): { from: string; to: string } {
  if (year === undefined) return { from: today.toString(), to: '9999-12-31' };
  if (!/^\d{4}$/.test(year)) throw new CliError('bad_year', `${year} is no year`);
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

type Read = ListedCalendar['reads'][number];

function readData({ year, account, readAt }: Read) {
  return { year, account, read_at: readAt.toISOString() };
}

function textOf({ lines, reads }: ListedCalendar): string {
  const groups = Map.groupBy(lines, (line) =>
    [line.date, hoursText(line), line.source, line.note].join('\n'),
  );
  const shown = [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const exchanges = alike.map(({ exchange }) => exchange);
    return [{ ...first, exchanges, hours: hoursText(first) }];
  });
  const table =
    shown.length === 0 ? 'Every weekday is a day like the others' : formatTable(columns, shown);
  return [table, ...reads.map(readText)].join('\n');
}

function readText({ year, account, readAt }: Read): string {
  const name = account === null ? 'an account that is gone' : `account "${account}"`;
  return `OpenAlgo's calendar of ${year} is of ${formatInstant(readAt)}, from ${name}`;
}
