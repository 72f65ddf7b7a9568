import { z } from 'zod';
import { orderIdSchema } from './order-id.ts';
import { parseJson } from './parse-json.ts';

const word = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .nullable()
  .catch(null);

/** A message is a text, or an object where marshmallow's own came through. */
const message = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'string') return value.trim();
    return value === undefined || value === null ? '' : JSON.stringify(value);
  });

const placeAnswerSchema = z.object({
  status: word,
  mode: word,
  message,
  orderid: orderIdSchema,
  pending_order_id: orderIdSchema,
});

export type PlaceAnswer = z.infer<typeof placeAnswerSchema>;

/** @returns null when the text is not a JSON object */
export function parsePlaceAnswer(text: string): PlaceAnswer | null {
  return placeAnswerSchema.safeParse(parseJson(text)).data ?? null;
}
