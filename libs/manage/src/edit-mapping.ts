import { updateMapping } from '@orderlane/db/mappings';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import { refuse } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import { heldData } from './describe-held.ts';
import { closingData } from './exit-strategy.ts';
import { getStrategy } from './find-owned.ts';
import { changeWhatIsHeld, type HeldAsked, type HeldOutcome } from './held-change.ts';
import { refusalError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';
import { getMapping } from './remove-mapping.ts';
import { refuseSecond } from './unique.ts';

export interface EditedMapping extends HeldOutcome {
  mapping: Mapping;
  warnings: readonly SaveIssue[];
}

/**
 * Changes a mapping, checked before (`checkMapping`). What was built under it is kept for exits, closed
 * or forgotten, where signals do not reach it any more.
 * @throws ManageError unknown_mapping, mapping_exists, invalid_strategy, position_shared, orders_on_their_way
 */
export async function editMapping(
  manager: Manager,
  args: { strategyId: StrategyId; mapping: Mapping; asked: HeldAsked },
): Promise<EditedMapping> {
  const { strategyId, mapping, asked } = args;
  await lockAccountOf(manager, await getStrategy(manager, strategyId));
  const before = await getStrategy(manager, strategyId);
  const former = getMapping(before, mapping.id);
  const taken = refusalError(refuse('mapping_exists', { symbol: mapping.signalSymbol }));
  const { after: _, ...outcome } = await changeWhatIsHeld(manager, {
    ...{ before, asked },
    make: async () => {
      await refuseSecond(updateMapping(manager.db, { strategyId, mapping }), taken);
    },
  });
  const today = asked.now.withTimeZone('Asia/Kolkata').toPlainDate();
  const { warnings } = await checkSaved(manager, { strategyId, today });
  await recordChange(manager, {
    what: 'mapping.edit',
    subject: `strategy ${strategyId}`,
    before: { ...mappingData(former), held: heldData(outcome.affected) },
    after: {
      ...mappingData(mapping),
      choice: asked.choice,
      ...closingData(outcome.closings),
    },
  });
  return { mapping, warnings, ...outcome };
}
