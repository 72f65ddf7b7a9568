import { listAccounts } from '@orderlane/db/accounts';
import {
  type CalendarRead,
  listCalendarDays,
  listCalendarReads,
} from '@orderlane/db/calendar-days';
import type { Db } from '@orderlane/db/open-db';
import { type SourcedLine, winningLines } from '@orderlane/domain/calendar-lines';

/** Days that are not like the others, as they count, and where OpenAlgo's part is from. */
export interface ListedCalendar {
  lines: SourcedLine[];
  reads: (CalendarRead & { account: string | null })[];
}

/** @param span of dates, both inclusive; only people's own entries where `isOwn` */
export async function listCalendar(
  db: Db,
  { from, to, isOwn }: { from: string; to: string; isOwn: boolean },
): Promise<ListedCalendar> {
  const lines = winningLines(await listCalendarDays(db)).filter(
    ({ date, source }) => date >= from && date <= to && (!isOwn || source === 'own'),
  );
  const accounts = await listAccounts(db);
  const reads = (await listCalendarReads(db)).map((read) => ({
    ...read,
    account: accounts.find(({ id }) => id === read.accountId)?.name ?? null,
  }));
  return { lines, reads };
}
