import {
  type ChainStarts,
  findChainStarts,
  pruneWhat,
  toCheckpoint,
} from '@orderlane/db/chain-starts';
import { findPrunePoints } from '@orderlane/db/prune-audit';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/**
 * Writes the checkpoint from which the logs begin, in the audit log itself; what is before may be
 * deleted after the commit. Nothing is written where nothing is before that instant.
 * @returns where they begin
 */
export async function setAuditCheckpoint(
  manager: Manager,
  { before }: { before: Date },
): Promise<ChainStarts> {
  const starts = await findChainStarts(manager.db);
  const points = await findPrunePoints(manager.db, before);
  const isNew = points.audit.seq > starts.audit.seq || points.events.seq > starts.events.seq;
  if (!isNew) return starts;
  await recordChange(manager, {
    what: pruneWhat,
    subject: 'audit',
    before: { ...toCheckpoint(starts) },
    after: { ...toCheckpoint(points), before: before.toISOString() },
  });
  return points;
}
