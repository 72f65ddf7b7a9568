import { z } from 'zod';

/** `status` or `mode`, in lower case; null where it is missing or no text. */
export const wireWordSchema = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .nullish()
  .catch(null)
  .transform((text) => text ?? null);

/** A message is a text, or an object where marshmallow's own came through. */
export const messageSchema = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'string') return value.trim();
    return value === undefined || value === null ? '' : JSON.stringify(value);
  });
