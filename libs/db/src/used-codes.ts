import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/**
 * Remembers that a code of a second factor was used. False: it was used a moment ago already. Those of
 * apps are good for 30 s and a step to each side; after five minutes one may come again by chance.
 */
export async function markCodeUsed(
  db: Db,
  { userId, code }: { userId: string; code: string },
): Promise<boolean> {
  const row = { user_id: userId, code_hash: createHash('sha256').update(code).digest('hex') };
  await db
    .deleteFrom('used_codes')
    .where('user_id', '=', userId)
    .where('used_at', '<', sql<Date>`clock_timestamp() - interval '5 minutes'`)
    .execute();
  const result = await db
    .insertInto('used_codes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
