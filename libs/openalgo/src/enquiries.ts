import type { Lane } from '@orderlane/domain/lane';
import { z } from 'zod';
import type { ReadOptions } from './books.ts';
import { callEndpoint, type EndpointDeps, type TimedReply } from './call-endpoint.ts';
import { takesClientOrderId } from './client-order-ids.ts';
import { optionalTextSchema, quantitySchema } from './wire/fields.ts';
import { type HolidayRow, holidayRowSchema } from './wire/holiday-row.ts';
import { orderIdSchema } from './wire/order-id.ts';
import { parseRows, type Rows } from './wire/rows.ts';
import { type SymbolRow, symbolRowSchema } from './wire/symbol-row.ts';

/** Everything else that is asked of OpenAlgo, and the one order that may be cancelled: by its id. */
export interface Enquiries {
  /** Says that key and broker login are alive; does not reach the broker. */
  ping(options?: ReadOptions): Promise<TimedReply<{ broker: string | null }>>;
  /** The mode of the whole server. */
  analyzer(options?: ReadOptions): Promise<TimedReply<{ serverMode: 'live' | 'analyze' }>>;
  /** Whether the lane's endpoint takes `client_order_id`; null: it did not say. No order can come of it. */
  takesClientOrderId(ask: { lane: Lane; timeoutMs?: number }): Promise<boolean | null>;
  /** At most 500 rows; none is a success. */
  search(
    args: { query: string; exchange?: string },
    options?: ReadOptions,
  ): Promise<TimedReply<Rows<SymbolRow>>>;
  /** `refused` with HTTP 404: no such symbol. */
  symbol(
    args: { symbol: string; exchange: string },
    options?: ReadOptions,
  ): Promise<TimedReply<SymbolRow>>;
  /** An empty list is no proof that there are none: a fault of OpenAlgo's shows as one. */
  holidays(args: { year: number }, options?: ReadOptions): Promise<TimedReply<Rows<HolidayRow>>>;
  /** That the broker took the request: what became of the order is in the order book. */
  cancelOrder(args: {
    strategy: string;
    brokerOrderId: string;
  }): Promise<TimedReply<{ brokerOrderId: string | null }>>;
  /** The account's net quantity, signed. 0 proves nothing: many adapters turn faults into it. */
  openPosition(args: {
    strategy: string;
    symbol: string;
    exchange: string;
    product: string;
  }): Promise<TimedReply<{ quantity: number }>>;
}

const pong = z
  .object({ data: z.object({ broker: optionalTextSchema }) })
  .transform(({ data }) => data);
const analyzerState = z
  .object({ data: z.object({ mode: z.enum(['live', 'analyze']) }) })
  .transform(({ data }) => ({ serverMode: data.mode }));
const list = z.array(z.unknown());
const symbols = z
  .object({ data: list })
  .transform(({ data }) => parseRows({ schema: symbolRowSchema }, data));
const oneSymbol = z.object({ data: symbolRowSchema }).transform(({ data }) => data);
const holidays = z
  .object({ data: list })
  .transform(({ data }) => parseRows({ schema: holidayRowSchema }, data));
const cancelled = z
  .object({ orderid: orderIdSchema })
  .transform(({ orderid }) => ({ brokerOrderId: orderid }));
const netPosition = z.object({ quantity: quantitySchema });

export function createEnquiries(deps: EndpointDeps): Enquiries {
  return {
    ping: async (options) =>
      await callEndpoint(deps, { endpoint: 'ping', schema: pong, ...options }),
    analyzer: async (options) =>
      await callEndpoint(deps, { endpoint: 'analyzer', schema: analyzerState, ...options }),
    takesClientOrderId: async (ask) => await takesClientOrderId(deps, ask),
    search: async (fields, options) =>
      await callEndpoint(deps, { endpoint: 'search', fields, schema: symbols, ...options }),
    symbol: async (fields, options) =>
      await callEndpoint(deps, { endpoint: 'symbol', fields, schema: oneSymbol, ...options }),
    holidays: async (fields, options) =>
      await callEndpoint(deps, {
        endpoint: 'market/holidays',
        fields,
        schema: holidays,
        ...options,
      }),
    cancelOrder: async ({ strategy, brokerOrderId }) => {
      const fields = { strategy, orderid: brokerOrderId };
      return await callEndpoint(deps, { endpoint: 'cancelorder', fields, schema: cancelled });
    },
    openPosition: async (fields) =>
      await callEndpoint(deps, { endpoint: 'openposition', fields, schema: netPosition }),
  };
}
