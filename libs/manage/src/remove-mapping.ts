import { deleteMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import type { Strategy } from '@orderlane/domain/strategy';
import { lockAccountOf } from './check-saved.ts';
import { heldData } from './describe-held.ts';
import { closingData } from './exit-strategy.ts';
import { getStrategy } from './find-owned.ts';
import { changeWhatIsHeld, type HeldAsked, type HeldOutcome } from './held-change.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';

/** @throws ManageError unknown_mapping, orders_on_their_way */
export async function removeMapping(
  manager: Manager,
  args: { strategyId: StrategyId; mappingId: number; asked: HeldAsked },
): Promise<HeldOutcome & { mapping: Mapping }> {
  const { strategyId, mappingId: id, asked } = args;
  await lockAccountOf(manager, await getStrategy(manager, strategyId));
  const before = await getStrategy(manager, strategyId);
  const mapping = getMapping(before, id);
  const { after: _, ...outcome } = await changeWhatIsHeld(manager, {
    ...{ before, asked },
    make: async () => await deleteMapping(manager.db, { strategyId, id }),
  });
  await recordChange(manager, {
    what: 'mapping.delete',
    subject: `strategy ${strategyId}`,
    before: { ...mappingData(mapping), held: heldData(outcome.affected) },
    after: { choice: asked.choice, ...closingData(outcome.closings) },
  });
  return { mapping, ...outcome };
}

/** @throws ManageError unknown_mapping */
export function getMapping(strategy: Strategy, mappingId: number): Mapping {
  const mapping = strategy.mappings.find(({ id }) => id === mappingId);
  if (mapping !== undefined) return mapping;
  throw new ManageError('unknown_mapping', `"${strategy.name}" has no mapping ${mappingId}`);
}
