import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/**
 * Cancels what is queued to enter there. One that a claim holds just now goes out, and is watched as
 * all that is coming.
 * @param args.reason for the order's story
 */
export async function voidEntriesAt(
  db: Db,
  args: { strategyInstrumentIds: readonly number[]; reason: string },
): Promise<void> {
  await sql`
    update orders set status = 'cancelled', code = 'cancelled', reason = ${args.reason}
      where id in (select id from orders
        where strategy_instrument_id = any(${args.strategyInstrumentIds}::bigint[]) and status = 'queued' and role = 'entry'
        order by id for no key update skip locked)`.execute(db);
}

/**
 * Forgets what a strategy owns there: nothing of it is ordered or closed any more.
 * @returns those that cannot be forgotten: something is on its way there
 */
export async function forgetPlaces(
  db: Db,
  strategyInstrumentIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select x.id from unnest(${strategyInstrumentIds}::bigint[]) x(id) where not forget_place(x.id)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** A strategy or an account that its owner deleted while it held something, and that is flat now. */
export interface Gone {
  kind: 'strategy' | 'account';
  id: number;
  name: string;
}

/**
 * Ends what was only kept until nothing is held any more: former mappings, and strategies and accounts
 * that are to be deleted then. Harmless to repeat.
 */
export async function endWhatIsFlat(db: Db): Promise<Gone[]> {
  const { rows } = await sql<Gone>`select kind, id, name from end_what_is_flat()`.execute(db);
  return rows;
}
