import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { OrderRow } from './orders.ts';
import { isOfTenant } from './page.ts';

/**
 * Which moves of orders were seen: all up to `upTo`, without those that are `missing`. A move takes its
 * number before it is committed, so one with a lower number may appear after one with a higher.
 */
export interface MoveCursor {
  upTo: number;
  /** Ascending. */
  missing: readonly number[];
}

/** The numbers of moves, ascending, that are there and that the cursor has not seen. */
export async function listUnseenMoves(
  db: Db,
  { upTo, missing }: MoveCursor,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`
    select seq from order_events where seq = any(${missing}::bigint[])
    union all (select seq from order_events where seq > ${upTo} order by seq limit ${limit})
    order by seq`.execute(db);
  return rows.map(({ seq }) => seq);
}

/** How many of the newest moves are looked through for numbers that are missing among them. */
const lookBack = 1000;

/**
 * All moves that are there now, as a cursor.
 * @param recentMs a number that is missing below an older move will not appear any more (ms)
 */
export async function findMoveCursor(db: Db, recentMs: number): Promise<MoveCursor> {
  const { rows } = await sql<MoveCursor>`
    with newest as (
      select seq, at, seq - lag(seq, 1, seq - 1) over (order by seq) - 1 as gap from order_events
      where seq > (select max(seq) from order_events) - ${lookBack}::bigint)
    select coalesce(max(seq), 0) as "upTo", coalesce(array(
      select n.seq - i from newest n, generate_series(1, n.gap) i
      where n.at >= clock_timestamp() - ms(${recentMs}) order by 1)::float8[], '{}') as missing
    from newest`.execute(db);
  return rows[0] ?? { upTo: 0, missing: [] };
}

export interface OrderMove {
  seq: number;
  at: Date;
  from_status: string | null;
  to_status: string;
  attempt: number;
  code: string | null;
  reason: string | null;
  /** As the order is now, perhaps after further moves. */
  order: OrderRow;
}

/**
 * The moves that one cursor has seen and an older one has not.
 * @param args.tenant whose strategies' orders; null: everybody's
 */
export async function listMoves(
  db: Db,
  args: { since: MoveCursor; until: MoveCursor; tenant: string | null; limit: number },
): Promise<OrderMove[]> {
  const { since, until, tenant, limit } = args;
  const lowest = Math.min(since.upTo + 1, ...since.missing);
  const moves = await db
    .selectFrom('order_events as e')
    .innerJoin('orders as o', 'o.id', 'e.order_id')
    .select(['e.seq', 'e.at', 'e.order_id', 'e.from_status', 'e.to_status'])
    .select(['e.attempt', 'e.code', 'e.reason'])
    .where('e.seq', '>=', lowest)
    .where('e.seq', '<=', until.upTo)
    .where(sql<boolean>`(e.seq > ${since.upTo} or e.seq = any(${since.missing}::bigint[]))`)
    .where(sql<boolean>`e.seq <> all(${until.missing}::bigint[])`)
    .where(isOfTenant('o.strategy_id', tenant))
    .orderBy('e.seq')
    .limit(limit)
    .execute();
  if (moves.length === 0) return [];
  const ids = [...new Set(moves.map((move) => move.order_id))];
  const orders = await db.selectFrom('orders').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(orders.map((order) => [order.id, order]));
  return moves.flatMap(({ order_id: id, ...move }) => {
    const order = byId.get(id);
    return order === undefined ? [] : [{ ...move, order }];
  });
}
