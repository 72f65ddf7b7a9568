import { type ChainPoint, chainOrigin } from './chain-flaws.ts';
import type { Db } from './open-db.ts';
import type { ChainHeadsTable } from './schema/chain-heads.ts';

/** The newest link of a chain; of a chain without links its origin. */
export async function findChainHead(db: Db, chain: ChainHeadsTable['chain']): Promise<ChainPoint> {
  const head = await db
    .selectFrom('chain_heads')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .executeTakeFirst();
  return head ?? chainOrigin;
}
