import { type ChainPoint, chainOrigin } from './chain-flaws.ts';
import type { Db } from './open-db.ts';

/** Where the chains begin: what came before was past its time, and was deleted. */
export interface ChainStarts {
  audit: ChainPoint;
  /** `upTo`: the highest number of a row that the seals up to there knew of. */
  events: ChainPoint & { upTo: number };
  /** Who said so; null: nothing was ever deleted. */
  pruned: { by: string; at: Date } | null;
}

/** What a row of the audit log says of a deletion. */
export const pruneWhat = 'audit.prune';

interface Checkpoint {
  audit_log: ChainPoint;
  order_events: { seal: number; hash: string; up_to: number | null };
}

/** A checkpoint as the audit log keeps it. */
export function toCheckpoint({ audit, events }: Omit<ChainStarts, 'pruned'>): Checkpoint {
  const { seq: seal, hash } = events;
  const upTo = seal === chainOrigin.seq ? null : events.upTo;
  return { audit_log: audit, order_events: { seal, hash, up_to: upTo } };
}

/** By the newest checkpoint in the audit log, which is a link of its chain like any other row. */
export async function findChainStarts(db: Db): Promise<ChainStarts> {
  const row = await db
    .selectFrom('audit_log')
    .select(['who', 'at', 'after'])
    .where('what', '=', pruneWhat)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const kept = row?.after as Partial<Checkpoint> | null | undefined;
  const seals = kept?.order_events;
  return {
    audit: kept?.audit_log ?? chainOrigin,
    events: {
      seq: seals?.seal ?? 0,
      hash: seals?.hash ?? '',
      upTo: seals?.up_to ?? Number.MIN_SAFE_INTEGER,
    },
    pruned: row === undefined ? null : { by: row.who, at: row.at },
  };
}
