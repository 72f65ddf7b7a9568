import { listHeldInstruments } from '@orderlane/db/held-instruments';
import { updateMapping } from '@orderlane/db/mappings';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import { refuse } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import { getStrategy } from './find-owned.ts';
import { refusalError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';
import { refuseHeld } from './refuse-held.ts';
import { getMapping, isTradedBy } from './remove-mapping.ts';
import { refuseSecond } from './unique.ts';

export interface MappingEdit {
  strategyId: StrategyId;
  mapping: Mapping;
  /** What it holds is forgotten where the mapping means another instrument from now on. */
  forget: boolean;
  today: Temporal.PlainDate;
}

/** @throws ManageError unknown_mapping, mapping_exists, holds_position, invalid_strategy, position_shared */
export async function editMapping(
  manager: Manager,
  { strategyId, mapping, forget, today }: MappingEdit,
): Promise<{ mapping: Mapping; warnings: readonly SaveIssue[] }> {
  const strategy = await getStrategy(manager, strategyId);
  const before = getMapping(strategy, mapping.id);
  await lockAccountOf(manager, strategy);
  const held = await listHeldInstruments(manager.db, strategyId);
  const lost = held.filter((one) => isTradedBy(before, one) && !isTradedBy(mapping, one));
  refuseHeld(lost, forget);
  const exists = refusalError(refuse('mapping_exists', { symbol: mapping.signalSymbol }));
  await refuseSecond(updateMapping(manager.db, { strategyId, mapping }), exists);
  const { warnings } = await checkSaved(manager, { strategyId, today });
  await recordChange(manager, {
    what: 'mapping.edit',
    subject: `strategy ${strategyId}`,
    before: { ...mappingData(before), held: lost },
    after: mappingData(mapping),
  });
  return { mapping, warnings };
}
