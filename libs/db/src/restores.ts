import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { holdKillSwitch } from './brakes.ts';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';
import type { RestoresTable } from './schema/restores.ts';

export type RestoreRow = Selectable<RestoresTable>;

/**
 * True while this database is not where it last traded: restored from a backup, copied, or promoted.
 * Nothing is claimed then; the claim asks the same by itself.
 */
export async function isRestored(db: Db): Promise<boolean> {
  const { rows } = await sql<{ restored: boolean }>`select is_restored() as restored`.execute(db);
  return rows[0]?.restored ?? true;
}

/** The restore that waits for a person, if any and if it was noticed. */
export async function findOpenRestore(db: Db): Promise<RestoreRow | undefined> {
  return await db
    .selectFrom('restores')
    .selectAll()
    .where('released_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What was done to the orders of a restored database: their jobs, if any, are dead. */
export interface MetRestore {
  restore: RestoreRow;
  ended: DueOrder[];
}

/**
 * Meets a restored database, once, in the caller's transaction: what was queued in the backup is sent no
 * more. Entries are void, exits are planned again by their closing, and of what was being sent nobody
 * here knows what became of it. Undefined when there is nothing to meet.
 */
export async function meetRestore(db: Db): Promise<MetRestore | undefined> {
  if (!(await isRestored(db))) return undefined;
  await holdKillSwitch(db);
  if (!(await isRestored(db)) || (await isMet(db))) return undefined;
  const backupAt = await lastRemembered(db);
  const entries = await voidEntries(db);
  const exits = await dropExits(db);
  const unknown = await doubtSent(db);
  const restore = await db
    .insertInto('restores')
    .values({
      home: sql<string>`database_home()`,
      backup_at: backupAt,
      void_entries: entries.length,
      exits_to_plan: exits.length,
      unknown_orders: unknown,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { restore, ended: [...entries, ...exits] };
}

async function isMet(db: Db): Promise<boolean> {
  const met = await db
    .selectFrom('restores')
    .select('id')
    .where('released_at', 'is', null)
    .where('home', '=', sql<string>`database_home()`)
    .executeTakeFirst();
  return met !== undefined;
}

async function lastRemembered(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select nullif(greatest((select max(received_at) from signals), (select max(at) from order_events),
      (select last_tick_at from clock)), '-infinity') as at`.execute(db);
  return rows[0]?.at ?? null;
}

const facts = sql`id, account_id as "accountId", lane, priority`;

async function voidEntries(db: Db): Promise<DueOrder[]> {
  const { rows } = await sql<DueOrder>`
    update orders set status = 'expired', code = 'database_restored',
      reason = 'It was queued in the backup: whether it was sent after that, this database does not know'
    where status = 'queued' and role = 'entry' returning ${facts}`.execute(db);
  return rows;
}

/** Of a closing that is over nothing would plan it again: it stays in front of a person. */
async function dropExits(db: Db): Promise<DueOrder[]> {
  const { rows } = await sql<DueOrder>`
    update orders set status = 'cancelled', code = 'database_restored',
      reason = 'It was queued in the backup: it is planned again from the books once a person releases'
    where status = 'queued' and role = 'exit' returning ${facts}`.execute(db);
  return rows;
}

async function doubtSent(db: Db): Promise<number> {
  const { rows } = await sql`
    update orders set status = 'indeterminate', code = 'database_restored',
      reason = 'It was being sent when the backup was made'
    where status in ('submitting', 'indeterminate') returning 1`.execute(db);
  return rows.length;
}

/** Says that this database was put back as a copy that nothing here can tell from the original. */
export async function markRestored(db: Db, by: string): Promise<void> {
  await holdKillSwitch(db);
  await db
    .insertInto('database_homes')
    .values({ home: `marked by ${by}` })
    .execute();
}

/** This place is the database's home from the commit on; undefined when it was that already. */
export async function releaseRestore(db: Db, by: string): Promise<RestoreRow | undefined> {
  await holdKillSwitch(db);
  if (!(await isRestored(db))) return undefined;
  const [released] = await db
    .updateTable('restores')
    .set({ released_at: sql<Date>`clock_timestamp()`, released_by: by })
    .where('released_at', 'is', null)
    .returningAll()
    .execute();
  await db.deleteFrom('database_homes').execute();
  await db.insertInto('database_homes').values({ home: sql<string>`database_home()` }).execute();
  return released;
}
