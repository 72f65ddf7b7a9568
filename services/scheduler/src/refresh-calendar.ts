import { listAccounts } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import {
  listCalendarDays,
  listCalendarReads,
  replaceFetchedDays,
} from '@orderlane/db/calendar-days';
import type { Db } from '@orderlane/db/open-db';
import { takeTurn } from '@orderlane/db/work-leases';
import { winningLines } from '@orderlane/domain/calendar-lines';
import type { AccountId } from '@orderlane/domain/ids';
import { type ReadHolidays, readHolidays } from '@orderlane/domain/read-holidays';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Enquiries } from '@orderlane/openalgo/enquiries';

export interface RefreshCalendarDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Enquiries, 'holidays'>;
  /** A year's good answer is asked for again after this (ms). */
  everyMs: number;
  /** Between two rounds of all schedulers together, and so two tries (ms). */
  retryMs: number;
  /** For one call (ms). */
  timeoutMs: number;
  onRead(read: { year: number; accountId: AccountId; days: number }): void;
  onUnread(unread: { year: number; accountId: AccountId; reason: string }): void;
}

/** In December the year that comes is asked for too. */
const december = 12;

/** So long before a year begins of which nothing is known its owner is told (days). */
const daysAhead = 14;

/**
 * Asks OpenAlgo for the calendar of this year, and in December of the next. The accounts are asked in
 * turn until one gives an answer that can be believed; any other answer changes nothing.
 */
export async function refreshCalendar(
  deps: RefreshCalendarDeps,
  today: Temporal.PlainDate,
): Promise<void> {
  const turn = { work: 'calendar', item: 0, everyMs: deps.retryMs };
  if (!(await takeTurn(deps.db, turn))) return;
  const reads = await listCalendarReads(deps.db);
  for (const year of yearsToRead(today)) {
    const last = reads.find((read) => read.year === year);
    if (last === undefined || last.agoMs >= deps.everyMs) await readYear(deps, year);
  }
  await tellMissing(deps.db, today);
}

function yearsToRead({ year, month }: Temporal.PlainDate): number[] {
  return month === december ? [year, year + 1] : [year];
}

async function readYear(deps: RefreshCalendarDeps, year: number): Promise<void> {
  for (const account of await listAccounts(deps.db)) {
    const accountId = account.id;
    const read = await askHolidays(deps, { account, year });
    if (read.ok) {
      await replaceFetchedDays(deps.db, { year, accountId, lines: read.lines });
      deps.onRead({ year, accountId, days: new Set(read.lines.map(({ date }) => date)).size });
      return;
    }
    deps.onUnread({ year, accountId, reason: read.flaw });
  }
}

async function askHolidays(
  deps: RefreshCalendarDeps,
  { account, year }: { account: AccountInstance; year: number },
): Promise<ReadHolidays> {
  const { timeoutMs } = deps;
  const reply = await deps.clientOf(account).holidays({ year }, { timeoutMs });
  if (reply.kind === 'failure') return { ok: false, flaw: reply.reason };
  const { rows, isClean, flaws } = reply.value;
  return isClean ? readHolidays(rows, year) : { ok: false, flaw: flaws.join('; ') };
}

/** A year of which somebody entered a day is that person's to look after. */
async function tellMissing(db: Db, today: Temporal.PlainDate): Promise<void> {
  const known = new Set(
    winningLines(await listCalendarDays(db)).map(({ date }) => Number(date.slice(0, 4))),
  );
  const years = new Set([today.year, today.add({ days: daysAhead }).year]);
  for (const year of [...years].filter((each) => !known.has(each))) {
    const text = `Nothing is known of the holidays of ${year}: every weekday of it counts as a day of trading`;
    const subject = `calendar ${year}`;
    await raiseAlert(db, { code: 'calendar_missing', subject, text, atMost: '1 day' });
  }
}
