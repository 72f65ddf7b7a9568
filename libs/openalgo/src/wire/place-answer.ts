import { z } from 'zod';
import { messageSchema, wireWordSchema } from './envelope.ts';
import { orderIdSchema } from './order-id.ts';
import { parseJson } from './parse-json.ts';

const placeAnswerSchema = z.object({
  status: wireWordSchema,
  mode: wireWordSchema,
  message: messageSchema,
  orderid: orderIdSchema,
  pending_order_id: orderIdSchema,
  duplicate: z.literal(true).optional().catch(undefined),
});

export type PlaceAnswer = z.infer<typeof placeAnswerSchema>;

/** @returns null when the text is not a JSON object */
export function parsePlaceAnswer(text: string): PlaceAnswer | null {
  return placeAnswerSchema.safeParse(parseJson(text)).data ?? null;
}
