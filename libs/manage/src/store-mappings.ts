import { insertMapping } from '@orderlane/db/strategies';
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
import { refuseSecond } from './unique.ts';

export interface MappingsToStore {
  strategyId: StrategyId;
  mappings: readonly Omit<Mapping, 'id'>[];
  today: Temporal.PlainDate;
}

/**
 * Adds mappings to a strategy, all or none.
 * @throws ManageError mapping_exists, invalid_strategy, position_shared
 */
export async function storeMappings(
  manager: Manager,
  { strategyId, mappings, today }: MappingsToStore,
): Promise<{ added: Mapping[]; warnings: readonly SaveIssue[] }> {
  const before = await getStrategy(manager, strategyId);
  await lockAccountOf(manager, before);
  const known = new Set(before.mappings.map(({ id }) => id));
  for (const mapping of mappings) await insertOne(manager, strategyId, mapping);
  const { strategy, warnings } = await checkSaved(manager, { strategyId, today });
  const added = strategy.mappings.filter(({ id }) => !known.has(id));
  await recordChange(manager, {
    what: 'mapping.add',
    subject: `strategy ${strategyId}`,
    after: { mappings: added.map(mappingData) },
  });
  return { added, warnings };
}

async function insertOne(
  { db }: Manager,
  strategyId: StrategyId,
  mapping: Omit<Mapping, 'id'>,
): Promise<void> {
  const refusal = refusalError(refuse('mapping_exists', { symbol: mapping.signalSymbol }));
  await refuseSecond(insertMapping(db, { strategyId, ...mapping }), refusal);
}
