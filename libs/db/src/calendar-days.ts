import type { CalendarLine, SourcedLine } from '@orderlane/domain/calendar-lines';
import type { AccountId } from '@orderlane/domain/ids';
import type { Exchange } from '@orderlane/domain/instrument';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { CalendarDaysTable } from './schema/calendar-days.ts';

/** A line with who entered it, and when. */
export interface StoredLine extends SourcedLine {
  addedBy: string | null;
  addedAt: Date;
}

/** All that OpenAlgo and people say, of every year. */
export async function listCalendarDays(db: Db): Promise<StoredLine[]> {
  const rows = await db
    .selectFrom('calendar_days')
    .selectAll()
    .orderBy('date')
    .orderBy('exchange')
    .execute();
  return rows.map(toLine);
}

function toLine(row: Selectable<CalendarDaysTable>): StoredLine {
  const { date, exchange, source, open, close, note } = row;
  const hours = open === null || close === null ? null : { open, close };
  return {
    ...{ date, exchange, source, hours, note },
    addedBy: row.added_by,
    addedAt: row.added_at,
  };
}

/** Enters people's own lines; returns those for which there is one already, which stays as it is. */
export async function insertOwnDays(
  db: Db,
  { lines, addedBy }: { lines: readonly CalendarLine[]; addedBy: string },
): Promise<CalendarLine[]> {
  const added = await db
    .insertInto('calendar_days')
    .values(lines.map((line) => ({ ...toRow(line), source: 'own' as const, added_by: addedBy })))
    .onConflict((conflict) => conflict.columns(['date', 'exchange', 'source']).doNothing())
    .returning(['date', 'exchange'])
    .execute();
  return lines.filter(
    ({ date, exchange }) => !added.some((row) => row.date === date && row.exchange === exchange),
  );
}

/** Takes people's own lines of a date away, of these exchanges or of all; returns what they said. */
export async function deleteOwnDays(
  db: Db,
  { date, exchanges }: { date: string; exchanges: readonly Exchange[] | null },
): Promise<StoredLine[]> {
  const rows = await db
    .deleteFrom('calendar_days')
    .where('source', '=', 'own')
    .where('date', '=', date)
    .$if(exchanges !== null, (query) => query.where('exchange', 'in', exchanges ?? []))
    .returningAll()
    .execute();
  return rows.map(toLine);
}

/** OpenAlgo's last good answer for a year takes the place of the one before, as a whole. */
export async function replaceFetchedDays(
  db: Db,
  args: { year: number; accountId: AccountId; lines: readonly CalendarLine[] },
): Promise<void> {
  const { year, accountId, lines } = args;
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('calendar_reads')
      .values({ year, account_id: accountId })
      .onConflict((conflict) =>
        conflict
          .column('year')
          .doUpdateSet({ account_id: accountId, read_at: sql<Date>`clock_timestamp()` }),
      )
      .execute();
    await transaction
      .deleteFrom('calendar_days')
      .where('source', '=', 'openalgo')
      .where('date', '>=', `${year}-01-01`)
      .where('date', '<=', `${year}-12-31`)
      .execute();
    const rows = lines.map((line) => ({ ...toRow(line), source: 'openalgo' as const }));
    await transaction.insertInto('calendar_days').values(rows).execute();
  });
}

function toRow({ date, exchange, hours, note }: CalendarLine) {
  return { date, exchange, open: hours?.open ?? null, close: hours?.close ?? null, note };
}

/** A year's last good answer. */
export interface CalendarRead {
  year: number;
  accountId: AccountId;
  readAt: Date;
  /** On the database's clock (ms). */
  agoMs: number;
}

export async function listCalendarReads(db: Db): Promise<CalendarRead[]> {
  return await db
    .selectFrom('calendar_reads')
    .select([
      'year',
      'account_id as accountId',
      'read_at as readAt',
      sql<number>`extract(epoch from clock_timestamp() - read_at)::double precision * 1000`.as(
        'agoMs',
      ),
    ])
    .orderBy('year')
    .execute();
}
