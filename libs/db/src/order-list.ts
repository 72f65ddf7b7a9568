import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Role } from '@orderlane/domain/order-plan';
import { type Selectable, sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { OrderRow } from './orders.ts';
import { isBehind, isOfTenant, isWithin, microsOf, type PageMark, type Span } from './page.ts';
import type { BrokerOrdersTable } from './schema/broker-orders.ts';
import type { ExecutionsTable } from './schema/executions.ts';
import type { OrderEventsTable } from './schema/order-events.ts';

export interface OrderFilter extends Span {
  tenant: string | null;
  strategyId?: StrategyId | undefined;
  accountId?: AccountId | undefined;
  /** OpenAlgo's. */
  symbol?: string | undefined;
  status?: OrderStatus | undefined;
  role?: Role | undefined;
  code?: string | undefined;
}

/** An order with where a page goes on behind it. */
export interface ListedOrder extends OrderRow {
  atMicros: number;
}

/** The newest orders first, from a mark on. */
export async function pageOrders(
  db: Db,
  filter: OrderFilter,
  page: { behind: PageMark | undefined; limit: number },
): Promise<ListedOrder[]> {
  const { strategyId, accountId, symbol, status, role, code } = filter;
  let query = db
    .selectFrom('orders')
    .selectAll()
    .select(microsOf('stored_at').as('atMicros'))
    .where(isOfTenant('strategy_id', filter.tenant))
    .where(isWithin('stored_at', filter))
    .where(isBehind('stored_at', 'id', page.behind));
  if (strategyId !== undefined) query = query.where('strategy_id', '=', strategyId);
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  if (symbol !== undefined) query = query.where('symbol', '=', symbol);
  if (status !== undefined) query = query.where('status', '=', status);
  if (role !== undefined) query = query.where('role', '=', role);
  if (code !== undefined) query = query.where('code', '=', code);
  return await query.orderBy('stored_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

/** An order's moves, oldest first. */
export async function listOrderEvents(
  db: Db,
  id: OrderId,
): Promise<Selectable<OrderEventsTable>[]> {
  return await db
    .selectFrom('order_events')
    .selectAll()
    .where('order_id', '=', id)
    .orderBy('seq')
    .execute();
}

/** An order's attempts, oldest first. */
export async function listExecutions(db: Db, id: OrderId): Promise<Selectable<ExecutionsTable>[]> {
  return await db
    .selectFrom('executions')
    .selectAll()
    .where('order_id', '=', id)
    .orderBy('attempt')
    .execute();
}

/** A row of the account's order book beside an order of ours, and whose it is known to be. */
export interface BookRowBeside extends Selectable<BrokerOrdersTable> {
  ownerId: OrderId | null;
}

/**
 * Today's rows of the account's order book for the order's symbol, newest first; those that might be
 * the order's are among them.
 */
export async function listBookRowsBeside(
  db: Db,
  { account_id: accountId, exchange, symbol }: Pick<OrderRow, 'account_id' | 'exchange' | 'symbol'>,
): Promise<BookRowBeside[]> {
  return await db
    .selectFrom('broker_orders as b')
    .leftJoin('orders as o', (join) =>
      join
        .onRef('o.account_id', '=', 'b.account_id')
        .onRef('o.broker_order_id', '=', 'b.broker_order_id'),
    )
    .selectAll('b')
    .select('o.id as ownerId')
    .where('b.account_id', '=', accountId)
    .where('b.last_seen_at', '>=', sql<Date>`book_day_start()`)
    .where('b.exchange', '=', exchange)
    .where('b.symbol', '=', symbol)
    .orderBy('b.first_seen_at', 'desc')
    .limit(100)
    .execute();
}
