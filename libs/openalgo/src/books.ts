import { z } from 'zod';
import { callEndpoint, type EndpointDeps, type TimedReply } from './call-endpoint.ts';
import { type OrderRow, orderRowSchema } from './wire/order-row.ts';
import { type PositionRow, positionRowSchema } from './wire/position-row.ts';
import { parseRows, type RowParser, type Rows } from './wire/rows.ts';
import { type TradeRow, tradeRowSchema } from './wire/trade-row.ts';

export interface ReadOptions {
  /** For the whole read (ms). */
  timeoutMs?: number;
}

/** What the broker's books show of the whole account, as OpenAlgo passes it on. */
export interface Books {
  readOrderBook(options?: ReadOptions): Promise<TimedReply<Rows<OrderRow>>>;
  readTradeBook(options?: ReadOptions): Promise<TimedReply<Rows<TradeRow>>>;
  /** Closed positions appear with quantity 0, or not at all. A row may have no symbol. */
  readPositionBook(options?: ReadOptions): Promise<TimedReply<Rows<PositionRow>>>;
  /** CNC that was bought on an earlier day: not in the position book. */
  readHoldings(options?: ReadOptions): Promise<TimedReply<Rows<PositionRow>>>;
}

const flawOf = (row: { brokerOrderId: string | null }) =>
  row.brokerOrderId === null ? 'orderid' : null;

const orders: RowParser<OrderRow> = { schema: orderRowSchema, flawOf };
const trades: RowParser<TradeRow> = { schema: tradeRowSchema, flawOf };
const positions: RowParser<PositionRow> = { schema: positionRowSchema };

const list = z.array(z.unknown());
const orderBook = z
  .object({ data: z.object({ orders: list }) })
  .transform(({ data }) => parseRows(orders, data.orders));
const tradeBook = z.object({ data: list }).transform(({ data }) => parseRows(trades, data));
const positionBook = z.object({ data: list }).transform(({ data }) => parseRows(positions, data));
const holdings = z
  .object({ data: z.object({ holdings: list }) })
  .transform(({ data }) => parseRows(positions, data.holdings));

export function createBooks(deps: EndpointDeps): Books {
  return {
    readOrderBook: async (options) =>
      await callEndpoint(deps, { endpoint: 'orderbook', schema: orderBook, ...options }),
    readTradeBook: async (options) =>
      await callEndpoint(deps, { endpoint: 'tradebook', schema: tradeBook, ...options }),
    readPositionBook: async (options) =>
      await callEndpoint(deps, { endpoint: 'positionbook', schema: positionBook, ...options }),
    readHoldings: async (options) =>
      await callEndpoint(deps, { endpoint: 'holdings', schema: holdings, ...options }),
  };
}
