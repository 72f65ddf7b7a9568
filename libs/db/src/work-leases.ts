import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/**
 * Takes the next turn of a periodic work on an item: true for one process only, and then for
 * nobody before `everyMs` have passed on the database's clock. A process that dies in the middle
 * only loses its turn.
 */
export async function takeTurn(
  db: Db,
  args: { work: string; item: number; everyMs: number },
): Promise<boolean> {
  const { work, item, everyMs } = args;
  const { rows } = await sql`
    insert into work_leases as w (work, item, lease_until)
      values (${work}, ${item}, clock_timestamp() + ms(${everyMs}))
      on conflict (work, item) do update set lease_until = excluded.lease_until
        where w.lease_until <= clock_timestamp()
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Puts the next turn off: what this one found out holds for longer than was thought when it was taken. */
export async function postponeTurn(
  db: Db,
  args: { work: string; item: number; everyMs: number },
): Promise<void> {
  await sql`
    update work_leases set lease_until = clock_timestamp() + ms(${args.everyMs})
      where work = ${args.work} and item = ${args.item}`.execute(db);
}
