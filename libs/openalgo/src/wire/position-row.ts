import { z } from 'zod';
import { optionalTextSchema, priceSchema, quantitySchema, upperWordSchema } from './fields.ts';

/** One row of the position book or of the holdings: the account's net quantity, signed. */
export const positionRowSchema = z
  .object({
    symbol: optionalTextSchema,
    exchange: upperWordSchema,
    product: upperWordSchema,
    quantity: quantitySchema,
    average_price: priceSchema,
  })
  .transform((row) => ({
    /** Null: OpenAlgo has no name for what the broker holds there. */
    symbol: row.symbol,
    exchange: row.exchange,
    product: row.product,
    quantity: row.quantity,
    averagePrice: row.average_price,
  }));

export type PositionRow = z.infer<typeof positionRowSchema>;
