import { z } from '@hono/zod-openapi';
import { brandIds } from '@orderlane/domain/ids';
import { heldChoices } from '@orderlane/domain/plan-held-change';

const idText = { error: 'An id is a whole number from 1 on' };
const smallId = z.coerce.number(idText).int(idText).min(1, idText).max(2_147_483_647, idText);

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

/** What is to become of what a strategy holds where a change takes its signals away from that. */
export const held = z.enum(heldChoices).default('keep').meta({
  description:
    '`keep`: exits go on reaching it, on the instrument and account that built it, until it is flat; `close_now`: that, and it is closed now; `forget`: closing it is up to you.',
});

/** What became of it. */
export const heldOutcome = {
  held: z.array(heldInstrument).meta({ description: 'What the change concerned.' }),
  closing: z.boolean().meta({ description: 'It is being closed.' }),
};
