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

/** Whether a chain has this link, or had none then. */
export async function hasLink(
  db: Db,
  chain: ChainHeadsTable['chain'],
  { seq, hash }: ChainPoint,
): Promise<boolean> {
  if (hash === chainOrigin.hash) return true;
  const found =
    chain === 'audit_log'
      ? db.selectFrom('audit_log').select('hash').where('seq', '=', seq)
      : db.selectFrom('order_event_seals').select('hash').where('id', '=', seq);
  return (await found.executeTakeFirst())?.hash === hash;
}
