import type { OrderId, StrategyId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import { type Selectable, sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { OrdersTable } from './schema/orders.ts';

export type OrderRow = Selectable<OrdersTable>;

/** The newest orders first, of one strategy or status, or of all. */
export async function listOrders(
  db: Db,
  args: { strategyId?: StrategyId; status?: OrderStatus; limit: number },
): Promise<OrderRow[]> {
  let query = db.selectFrom('orders').selectAll();
  if (args.strategyId !== undefined) query = query.where('strategy_id', '=', args.strategyId);
  if (args.status !== undefined) query = query.where('status', '=', args.status);
  return await query.orderBy('stored_at', 'desc').limit(args.limit).execute();
}

export async function findOrder(db: Db, id: OrderId): Promise<OrderRow | undefined> {
  return await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A strategy's entries that were stored since midnight in Asia/Kolkata. */
export async function countEntriesToday(db: Db, strategyId: StrategyId): Promise<number> {
  const { rows } = await sql<{ entries: number }>`
    select entries_today(${strategyId}) as entries`.execute(db);
  return rows[0]?.entries ?? 0;
}
