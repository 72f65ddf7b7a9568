import type { OrderId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An order that may have been sent after the backup. */
export interface DoubtfulOrder {
  id: OrderId;
  strategyName: string;
  exchange: string;
  symbol: string;
  product: string;
  action: 'BUY' | 'SELL';
  /** Shares; 0 for a smart exit. */
  quantity: number;
  status: string;
  storedAt: Date;
}

/** What a person is asked about, oldest first: queued or being sent when the backup was made. */
export async function listDoubtfulOrders(
  db: Db,
  args: { limit: number },
): Promise<DoubtfulOrder[]> {
  const { rows } = await sql<DoubtfulOrder>`
    select id, strategy_name as "strategyName", exchange, symbol, product, action, quantity, status,
      stored_at as "storedAt"
    from orders where code = 'database_restored' order by stored_at limit ${args.limit}`.execute(
    db,
  );
  return rows;
}

/** Of how many orders a person has not said yet whether they were placed. */
export async function countDoubtfulOrders(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from orders where code = 'database_restored' and status = 'indeterminate'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** A row of an account's order book that no order of this database has for its own. */
export interface StrangeBrokerOrder {
  accountName: string;
  brokerOrderId: string;
  exchange: string;
  symbol: string;
  product: string;
  action: 'BUY' | 'SELL';
  quantity: number;
  firstSeenAt: Date;
}

/** Orders of today's books that this database did not place as far as it remembers. */
export async function listStrangeBrokerOrders(
  db: Db,
  args: { limit: number },
): Promise<StrangeBrokerOrder[]> {
  const { rows } = await sql<StrangeBrokerOrder>`
    select a.name as "accountName", broker_order_id as "brokerOrderId", exchange, symbol, product, action, quantity,
      first_seen_at as "firstSeenAt"
    from broker_orders b join openalgo_accounts a on a.id = b.account_id
    where last_seen_at >= book_day_start()
      and not exists (select from orders o
        where o.account_id = b.account_id and o.broker_order_id = b.broker_order_id)
    order by first_seen_at, broker_order_id limit ${args.limit}`.execute(db);
  return rows;
}
