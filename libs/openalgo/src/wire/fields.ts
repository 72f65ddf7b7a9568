import { z } from 'zod';

const wholeNumber = /^[+-]?\d+(?:\.0*)?$/;

/**
 * A quantity, signed: `5`, `"5"`, `"5.0"` and `-0.0` all occur, by broker. A fraction, an empty text
 * or null is none: taken as 0 it would look like a closed position.
 */
export const quantitySchema = z.union([z.number(), z.string()]).transform((value, context) => {
  const text = String(value).trim();
  const quantity = wholeNumber.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(quantity)) return quantity === 0 ? 0 : quantity;
  context.addIssue({ code: 'custom', message: 'not a whole number' });
  return z.NEVER;
});

/** A price in rupees; null where an adapter gives none, or something that is no number. */
export const priceSchema = z
  .union([z.number(), z.string().trim().min(1).pipe(z.coerce.number())])
  .nullish()
  .catch(null)
  .transform((price) => (price === 0 ? 0 : (price ?? null)));

/** A word that must be there. */
export const wordSchema = z.string().trim().min(1);

/** OpenAlgo's words in capitals; unknown ones pass, a broker has products of its own. */
export const upperWordSchema = wordSchema.toUpperCase();

/** Something to show or to compare, null where it is missing, empty or no text. */
export const optionalTextSchema = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
  .transform((text) => text?.trim() || null);

export const actionSchema = upperWordSchema.pipe(z.enum(['BUY', 'SELL']));
