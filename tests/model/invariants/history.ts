import type { OrderRow } from '@orderlane/db/orders';
import type { OrderId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Log } from '../clients/log.ts';
import type { World } from '../clients/world.ts';

interface Move {
  from: OrderStatus | null;
  to: OrderStatus;
  /** Of a claim: when the claim looked at the others, not when it was written down. */
  at: Date;
}

interface OrderHistory {
  order: OrderRow;
  /** In their order, the store first. */
  moves: Move[];
}

/** All that is known when a run is over: what the clients logged, what the database kept. */
export interface History {
  log: Log;
  orders: Map<OrderId, OrderHistory>;
  exitWaitMs: number;
}

export async function readHistory(world: World): Promise<History> {
  const { db, accountId, log, settings } = world;
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', accountId)
    .execute();
  const orders = new Map(rows.map((order) => [order.id, { order, moves: [] as Move[] }]));
  const events = await db
    .selectFrom('order_events')
    .innerJoin('orders', 'orders.id', 'order_events.order_id')
    .leftJoin('executions', (join) =>
      join
        .onRef('executions.order_id', '=', 'order_events.order_id')
        .onRef('executions.attempt', '=', 'order_events.attempt')
        .on('to_status', '=', 'submitting'),
    )
    .select(['order_events.order_id', 'from_status', 'to_status'])
    .select(({ fn }) => fn.coalesce('executions.claimed_at', 'order_events.at').as('at'))
    .where('account_id', '=', accountId)
    .orderBy('order_events.seq')
    .execute();
  for (const { order_id, from_status, to_status, at } of events) {
    orders.get(order_id)?.moves.push({ from: from_status, to: to_status, at });
  }
  return { log, orders, exitWaitMs: settings.exitWaitMs };
}

export function orderOf(history: History, id: OrderId): OrderRow {
  const found = history.orders.get(id);
  if (found === undefined) throw new Error(`Order ${id} is not stored`);
  return found.order;
}

/** How a violation names an order: instrument of the strategy, number, role. */
export function named(order: OrderRow): string {
  const { strategy_id, symbol, seq, lane, role } = order;
  return `${lane} ${role} ${strategy_id}/${symbol}#${seq}`;
}
