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
  const { item, ...turn } = args;
  return (await takeTurns(db, { ...turn, items: [item] })).has(item);
}

/** The same for many items, each by itself: those whose turn it is. Where it is nobody's, nothing is written. */
export async function takeTurns<Item extends number>(
  db: Db,
  args: { work: string; items: readonly Item[]; everyMs: number },
): Promise<ReadonlySet<Item>> {
  const { work, items, everyMs } = args;
  if (items.length === 0) return new Set();
  const { rows } = await sql<{ item: Item }>`
    insert into work_leases as w (work, item, lease_until)
      select ${work}, item, clock_timestamp() + ms(${everyMs}) from unnest(${items}::integer[]) item
        where not exists (select from work_leases b
          where b.work = ${work} and b.item = item and b.lease_until > clock_timestamp())
        order by item
      on conflict (work, item) do update set lease_until = excluded.lease_until
        where w.lease_until <= clock_timestamp()
    returning item`.execute(db);
  return new Set(rows.map(({ item }) => item));
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
