import { z } from '@hono/zod-openapi';
import { brandIds } from '@orderlane/domain/ids';

const smallId = z.coerce.number().int().min(1).max(2_147_483_647);

/** The id of a path, of a strategy or an account. */
export const strategyParams = z.object({ id: smallId.transform(brandIds.strategy) });
export const accountParams = z.object({ id: smallId.transform(brandIds.account) });
export const mappingParams = strategyParams.extend({ mappingId: smallId });

export const warnings = z
  .array(z.object({ field: z.string(), warning: z.string() }))
  .meta({ description: 'What is saved, and doubtful.' });

/** An instant as JSON has it; null: it did not happen. */
export const instant = z.string();

export const heldInstrument = z.object({
  exchange: z.string(),
  symbol: z.string(),
  product: z.string(),
  own: z.number(),
  open_orders: z.number(),
});

/** What exits may not reach any more, unless whoever asks says so. */
export const forget = z.boolean().default(false).meta({
  description:
    'True: also when something is held that no exit reaches afterwards; closing it is up to you.',
});
