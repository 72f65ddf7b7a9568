import { z } from 'zod';
import {
  optionalTextSchema,
  priceSchema,
  quantitySchema,
  upperWordSchema,
  wordSchema,
} from './fields.ts';

/** What OpenAlgo knows of a tradable symbol. */
export const symbolRowSchema = z
  .object({
    symbol: wordSchema,
    exchange: upperWordSchema,
    name: optionalTextSchema,
    expiry: optionalTextSchema,
    instrumenttype: optionalTextSchema,
    lotsize: quantitySchema.nullish().catch(null),
    tick_size: priceSchema,
    freeze_qty: quantitySchema.nullish().catch(null),
  })
  .transform((row) => ({
    symbol: row.symbol,
    exchange: row.exchange,
    name: row.name,
    /** As OpenAlgo writes it, e.g. `28-OCT-25`. */
    expiry: row.expiry,
    instrumentType: row.instrumenttype,
    lotSize: row.lotsize ?? null,
    tickSize: row.tick_size,
    /** The largest quantity of one order; null or less than 2: none known. */
    freezeQuantity: row.freeze_qty ?? null,
  }));

export type SymbolRow = z.infer<typeof symbolRowSchema>;
