import { z } from 'zod';

/** What adapters write where a broker gave no id (among them Python's `str(None)`). */
const noId = /^(?:-?0*|-1|none|null|nil|nan|undefined|false)$/i;

/** A broker's order id, text or number on the wire; null: there is none. */
export const orderIdSchema = z
  .union([z.string(), z.int()])
  .nullish()
  .catch(null)
  .transform((value) => {
    const id = String(value ?? '').trim();
    return noId.test(id) ? null : id;
  });
