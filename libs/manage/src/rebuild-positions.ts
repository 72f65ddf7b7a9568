import { type RebuiltPosition, rebuildPositions } from '@orderlane/db/positions';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** Counts positions from the orders' fills again and answers those that had to be corrected. */
export async function rebuildOwnPositions(
  manager: Manager,
  strategyId?: StrategyId,
): Promise<RebuiltPosition[]> {
  const changed = await rebuildPositions(
    manager.db,
    strategyId === undefined ? {} : { strategyId },
  );
  if (changed.length === 0) return changed;
  await recordChange(manager, {
    what: 'positions.rebuild',
    subject: strategyId === undefined ? 'all strategies' : `strategy ${strategyId}`,
    after: { changed },
  });
  return changed;
}
