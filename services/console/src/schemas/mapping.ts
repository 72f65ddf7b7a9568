import { z } from '@hono/zod-openapi';
import type { MappingDraft } from '@orderlane/domain/check-mapping';
import { parseWholeNumber } from '@orderlane/domain/whole-number';
import { held } from './common.ts';

export const mapping = z
  .object({
    id: z.number(),
    signal_symbol: z.string(),
    symbol: z.string(),
    exchange: z.string(),
    product: z.string(),
    quantity: z.number().nullable(),
    multiplier: z.number().nullable(),
  })
  .openapi('Mapping');

/** A number as a form may write it; what is none is told by the check. */
const count = z
  .union([z.number(), z.string().max(30)])
  .nullish()
  .transform((given) => {
    if (given === undefined || given === null || given === '') return null;
    return parseWholeNumber(given) ?? Number.NaN;
  });

const symbol = z.string().max(200);

const fields = {
  signal_symbol: symbol.optional().meta({
    description: 'As the sender writes it; `*` takes every other. Left out: as `symbol`.',
  }),
  symbol: symbol.default('').meta({ description: "OpenAlgo's name of it; not needed for `*`." }),
  exchange: z.string().max(20),
  product: z.string().max(20).optional(),
  product_type: z
    .string()
    .max(20)
    .optional()
    .meta({ description: "OpenAlgo's name of `product`." }),
  quantity: count.meta({ description: "Shares or units; null: the signal's own." }),
  multiplier: count.meta({ description: "Units for one of the sender's: its contracts." }),
};

export const mappingForm = z.strictObject(fields).openapi('MappingForm');
export const mappingEdit = z.strictObject({ ...fields, held }).openapi('MappingEdit');

/** The form as the domain checks it. */
export function toMappingDraft(form: z.output<typeof mappingForm>): MappingDraft {
  return {
    signalSymbol: form.signal_symbol ?? form.symbol,
    symbol: form.symbol === '' ? (form.signal_symbol ?? '') : form.symbol,
    exchange: form.exchange,
    product: form.product ?? form.product_type ?? '',
    quantity: form.quantity,
    multiplier: form.multiplier,
  };
}
