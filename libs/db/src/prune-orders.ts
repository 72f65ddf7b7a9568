import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { Bite } from './prune-signals.ts';

interface Place {
  /** The strategy's instrument. */
  si: number;
  mode: string;
}

interface OrderBite extends Bite {
  /** Strategy's instruments that are left alone. */
  except: readonly number[];
}

export interface PrunedOrders {
  deleted: number;
  /** Strategy's instruments whose position is not 0 by their orders: what moved it stays. */
  kept: number[];
}

/**
 * Deletes orders that ended so long ago, with their attempts and what they moved. Their moves of status
 * stay: those are sealed (`orderlane audit prune`). Nothing goes of a strategy that holds something in the
 * instrument, nor of one whose position its orders do not explain: rebuilt from what is left it
 * would be another one.
 */
export async function pruneOrders(db: Db, bite: OrderBite): Promise<PrunedOrders> {
  return await db.transaction().execute(async (transaction) => {
    const old = await lockOldOrders(transaction, bite);
    const moved = await placesMovedBy(transaction, old);
    const kept: Place[] = [];
    for (const place of moved) if (!(await setBase(transaction, place, bite))) kept.push(place);
    const staying = new Set(await ordersThatMoved(transaction, old, kept));
    const ids = old.filter((id) => !staying.has(id));
    await sql`delete from executions where order_id = any(${ids}::uuid[])`.execute(transaction);
    await sql`delete from position_moves where order_id = any(${ids}::uuid[])`.execute(transaction);
    await sql`delete from orders where id = any(${ids}::uuid[])`.execute(transaction);
    return { deleted: ids.length, kept: kept.map(({ si }) => si) };
  });
}

async function lockOldOrders(db: Db, { olderThanMs, limit, except }: OrderBite): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from orders o
    where o.stored_at < now() - ms(${olderThanMs}) and o.final_at < now() - ms(${olderThanMs})
      and o.strategy_instrument_id <> all(${except}::bigint[])
      and not exists (select from submissions s where s.order_id = o.id)
      and not exists (select from orders w where w.waits_for = o.id and w.status = 'queued')
      and not exists (select from closings c
        where c.id in (o.closing_id, o.waits_for_closing) and c.status = 'open')
      and not exists (select from positions p
        where p.strategy_instrument_id = o.strategy_instrument_id and p.own <> 0)
    order by o.stored_at limit ${limit} for update of o skip locked`.execute(db);
  return rows.map(({ id }) => id);
}

/** By instrument, as everything that moves several positions takes them. A smart order moves others', too. */
async function placesMovedBy(db: Db, ids: readonly string[]): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select distinct strategy_instrument_id::integer as si, mode from position_moves
    where order_id = any(${ids}::uuid[]) order by 1, 2`.execute(db);
  return rows;
}

async function ordersThatMoved(
  db: Db,
  ids: readonly string[],
  places: readonly Place[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct m.order_id as id from position_moves m
      join unnest(${places.map(({ si }) => si)}::bigint[], ${places.map(({ mode }) => mode)}::text[]) p (si, mode)
        on p.si = m.strategy_instrument_id and p.mode = m.mode
    where m.order_id = any(${ids}::uuid[])`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Writes down that the position is 0 there, as the point from which it is counted: what came before may go.
 * False: it is not 0, or its orders say otherwise.
 */
async function setBase(db: Db, { si, mode }: Place, { olderThanMs }: Bite): Promise<boolean> {
  // Fills wait, and are counted from the new point.
  await sql`
    select from positions where strategy_instrument_id = ${si} and mode = ${mode} for update`.execute(
    db,
  );
  const { rows } = await sql<{ isFlat: boolean }>`
    select own_of(${si}, ${mode}) = 0 and own_by_orders(${si}, ${mode}) = 0 as "isFlat"`.execute(
    db,
  );
  if (rows[0]?.isFlat !== true) return false;
  const base = await sql<{ id: number }>`
    insert into position_moves (strategy_instrument_id, mode, cause, own_before, own_after)
      values (${si}, ${mode}, 'rebuild', 0, 0) returning id`.execute(db);
  // Earlier points are not counted from any more.
  await sql`
    delete from position_moves where strategy_instrument_id = ${si} and mode = ${mode} and order_id is null
      and id < ${base.rows[0]?.id ?? 0} and at < now() - ms(${olderThanMs})`.execute(db);
  return true;
}

/** Deletes closings that ended so long ago and whose orders have gone. */
export async function pruneClosings(db: Db, bite: Bite): Promise<number> {
  const gone = await sql`
    delete from closings where id in (
      select c.id from closings c
      where c.status <> 'open' and c.ended_at < now() - ms(${bite.olderThanMs})
        and not exists (select from orders o where o.closing_id = c.id or o.waits_for_closing = c.id)
      order by c.ended_at limit ${bite.limit} for update skip locked)`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}
