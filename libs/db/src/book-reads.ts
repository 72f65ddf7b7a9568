import type { AccountId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How often an account's books are read (ms). */
export interface BookReadSettings {
  /** While something is unsettled, or an order's end waits for a second look. */
  unsettledMs: number;
  /** After an order was accepted. */
  soonMs: number;
  /** While an order is accepted and not final. */
  openMs: number;
  /** Else, while a market is open. */
  idleMs: number;
  /** Not while a smart order of the account is called, nor this soon after its answer, */
  smartRestMs: number;
  /** unless the read is overdue by this much. */
  postponedMs: number;
}

/** One read of one account's books, held by a lease. */
export interface BookRead {
  accountId: AccountId;
  reader: string;
}

/**
 * Takes the accounts whose books are to be read now, each for one reader; what a reader does not
 * record before its lease ends is not recorded at all. Accounts without a session are left out.
 */
export async function claimBookReads(
  db: Db,
  args: { reader: string; leaseMs: number; isInSession: boolean; settings: BookReadSettings },
): Promise<BookRead[]> {
  const { reader, leaseMs, isInSession } = args;
  const { unsettledMs, soonMs, openMs, idleMs, smartRestMs, postponedMs } = args.settings;
  const { rows } = await sql<BookRead>`
    insert into book_reads as r (account_id, reader, lease_until, started_at)
      select a.id, ${reader}, clock_timestamp() + ms(${leaseMs}), clock_timestamp()
      from openalgo_accounts a left join book_reads b on b.account_id = a.id
      where a.session_dead_at is null and a.deleted_at is null and (b.lease_until is null or b.lease_until <= clock_timestamp())
        and book_read_due(a.id, ${isInSession}, row(${unsettledMs}::integer, ${soonMs}::integer, ${openMs}::integer,
          ${idleMs}::integer, ${smartRestMs}::integer, ${postponedMs}::integer)::book_read_settings) <= clock_timestamp()
      on conflict (account_id) do update
        set reader = excluded.reader, lease_until = excluded.lease_until, started_at = excluded.started_at
        where r.lease_until <= clock_timestamp()
    returning account_id as "accountId", reader`.execute(db);
  return rows;
}

/** When a read that is still held began; undefined when its lease was lost. Locks it. */
export async function holdBookRead(db: Db, read: BookRead): Promise<Date | undefined> {
  const row = await db
    .selectFrom('book_reads')
    .select('started_at')
    .where('account_id', '=', read.accountId)
    .where('reader', '=', read.reader)
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst();
  return row?.started_at ?? undefined;
}

/** Ends a read: a clean one is what settlement is judged by, an unclean one only says why. */
export async function endBookRead(
  db: Db,
  args: { read: BookRead; failure: string | null },
): Promise<void> {
  const { read, failure } = args;
  const clean = {
    clean_started_at: sql<Date>`started_at`,
    clean_ended_at: sql<Date>`clock_timestamp()`,
  };
  await db
    .updateTable('book_reads')
    .set({
      lease_until: sql<Date>`'-infinity'`,
      read_at: sql<Date>`clock_timestamp()`,
      failure,
      ...(failure === null ? clean : {}),
    })
    .where('account_id', '=', read.accountId)
    .where('reader', '=', read.reader)
    .execute();
}
