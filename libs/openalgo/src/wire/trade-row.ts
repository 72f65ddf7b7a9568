import { z } from 'zod';
import {
  actionSchema,
  optionalTextSchema,
  priceSchema,
  quantitySchema,
  upperWordSchema,
  wordSchema,
} from './fields.ts';
import { orderIdSchema } from './order-id.ts';

/** One row of the trade book: several may belong to one order, and most have no id of their own. */
export const tradeRowSchema = z
  .object({
    orderid: orderIdSchema,
    tradeid: orderIdSchema,
    symbol: wordSchema,
    exchange: upperWordSchema,
    product: upperWordSchema.nullish().catch(null),
    action: actionSchema,
    quantity: quantitySchema,
    average_price: priceSchema,
    timestamp: optionalTextSchema,
  })
  .transform((row) => ({
    brokerOrderId: row.orderid,
    tradeId: row.tradeid,
    symbol: row.symbol,
    exchange: row.exchange,
    product: row.product ?? null,
    action: row.action,
    quantity: row.quantity,
    averagePrice: row.average_price,
    /** As the broker writes it; may be a time without a date. */
    timestamp: row.timestamp,
  }));

export type TradeRow = z.infer<typeof tradeRowSchema>;
