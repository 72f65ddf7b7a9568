import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { instantText } from './audit-chain.ts';
import type { Db } from './open-db.ts';

export interface Seal {
  id: number;
  /** UTC with microseconds. */
  sealedAt: string;
  upTo: number;
  rowCount: number;
  listing: Buffer;
  gaps: string;
  prevHash: string;
  hash: string;
}

/** The hash of a seal as if it had this number: of the JSON array of what it links to and covers. */
export function sealHash(seal: Omit<Seal, 'id' | 'hash'>, id: number): string {
  const { prevHash, sealedAt, upTo, rowCount, gaps } = seal;
  const listing = createHash('sha256').update(seal.listing).digest('hex');
  const text = JSON.stringify([prevHash, id, sealedAt, upTo, rowCount, gaps, listing]);
  return createHash('sha256').update(text).digest('hex');
}

function selectSeals(db: Db) {
  return db
    .selectFrom('order_event_seals')
    .select(['id', 'listing', 'gaps', 'hash', 'up_to as upTo', 'row_count as rowCount'])
    .select(['prev_hash as prevHash', instantText('sealed_at').as('sealedAt')]);
}

/** Undefined before the first one. */
export async function findLastSeal(db: Db): Promise<Seal | undefined> {
  return await selectSeals(db).orderBy('id', 'desc').limit(1).executeTakeFirst();
}

export async function listSeals(db: Db, page: { after: number; limit: number }): Promise<Seal[]> {
  return await selectSeals(db)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** Stores a seal and makes it the head of its chain; false when another process was quicker. */
export async function insertSeal(db: Db, seal: Seal): Promise<boolean> {
  const { id, sealedAt, hash } = seal;
  return await db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('order_event_seals')
      .values({
        id,
        hash,
        sealed_at: sql<Date>`${sealedAt}::timestamptz`,
        up_to: seal.upTo,
        row_count: seal.rowCount,
        listing: seal.listing,
        gaps: seal.gaps,
        prev_hash: seal.prevHash,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
    await transaction
      .insertInto('chain_heads')
      .values({ chain: 'order_events', seq: id, hash })
      .onConflict((conflict) => conflict.column('chain').doUpdateSet({ seq: id, hash }))
      .execute();
    return true;
  });
}
