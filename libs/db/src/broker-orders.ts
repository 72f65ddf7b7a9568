import type { AccountId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { BrokerOrdersTable } from './schema/broker-orders.ts';

/** One row of the order book, as it is remembered. */
export interface BrokerOrderSeen {
  brokerOrderId: string;
  exchange: string;
  symbol: string;
  product: string;
  action: string;
  quantity: number;
  status: string;
  filledQuantity: number;
  averagePrice: number | null;
  brokerTime: string | null;
  clientOrderId: string | null;
}

/** How long an order has shown its status. */
export interface StatusAge {
  brokerOrderId: string;
  /** Clean reads in a row. */
  sameReads: number;
  sameForMs: number;
}

interface BookOf {
  accountId: AccountId;
  mode: TradingModeSeen;
}

/** Ids that earlier reads of the same book showed today: a read that lacks one is not clean. */
export async function listKnownBrokerOrders(db: Db, book: BookOf): Promise<string[]> {
  const rows = await db
    .selectFrom('broker_orders')
    .select('broker_order_id')
    .where('account_id', '=', book.accountId)
    .where('mode', '=', book.mode)
    .where('last_seen_at', '>=', sql<Date>`book_day_start()`)
    .execute();
  return rows.map(({ broker_order_id }) => broker_order_id);
}

/** What the order book of the day shows under a number, in whichever mode; undefined: nothing yet. */
export async function findBrokerOrder(
  db: Db,
  args: { accountId: AccountId; brokerOrderId: string },
): Promise<Selectable<BrokerOrdersTable> | undefined> {
  return await db
    .selectFrom('broker_orders')
    .selectAll()
    .where('account_id', '=', args.accountId)
    .where('broker_order_id', '=', args.brokerOrderId)
    .where('last_seen_at', '>=', sql<Date>`book_day_start()`)
    .executeTakeFirst();
}

/** Writes down what a clean read that is still held showed; fills only grow. */
export async function recordBrokerOrders(
  db: Db,
  args: BookOf & { rows: readonly BrokerOrderSeen[] },
): Promise<StatusAge[]> {
  const { accountId, mode } = args;
  const { rows } = await sql<StatusAge>`
    insert into broker_orders as b (account_id, broker_order_id, mode, exchange, symbol, product, action, quantity,
        status, status_since, filled_quantity, average_price, broker_time, client_order_id, absent_at)
      select ${accountId}, x."brokerOrderId", ${mode}, x.exchange, x.symbol, x.product, x.action, x.quantity,
        x.status, r.started_at, x."filledQuantity", x."averagePrice", x."brokerTime", x."clientOrderId", r.clean_ended_at
      from book_reads r, jsonb_to_recordset(${jsonParameter(args.rows)}::jsonb)
        x("brokerOrderId" text, exchange text, symbol text, product text, action text, quantity integer,
          status text, "filledQuantity" integer, "averagePrice" numeric, "brokerTime" text, "clientOrderId" text)
      where r.account_id = ${accountId}
      order by x."brokerOrderId"
      on conflict (account_id, broker_order_id) do update set
        mode = excluded.mode, quantity = excluded.quantity, status = excluded.status,
        status_reads = case when b.status = excluded.status then b.status_reads + 1 else 1 end,
        status_since = case when b.status = excluded.status then b.status_since else excluded.status_since end,
        filled_quantity = greatest(b.filled_quantity, excluded.filled_quantity),
        average_price = coalesce(excluded.average_price, b.average_price),
        client_order_id = coalesce(excluded.client_order_id, b.client_order_id),
        broker_time = excluded.broker_time, last_seen_at = clock_timestamp()
    returning broker_order_id as "brokerOrderId", status_reads as "sameReads",
      extract(epoch from (select started_at from book_reads where account_id = ${accountId}) - status_since)::float8 * 1000
        as "sameForMs"`.execute(db);
  return rows;
}
