import type { HeldPlace } from '@orderlane/db/held-places';
import { insertMappings } from '@orderlane/db/mappings';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import { refuse } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import { heldData } from './describe-held.ts';
import { getStrategy } from './find-owned.ts';
import { changeWhatIsHeld } from './held-change.ts';
import { ManageError, refusalError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { atMapping, type MappingToAdd } from './mapping-to-add.ts';
import { recordChange } from './record-change.ts';
import { refuseSecond } from './unique.ts';

export interface MappingsToStore {
  strategyId: StrategyId;
  mappings: readonly MappingToAdd[];
  now: Temporal.ZonedDateTime;
}

export interface StoredMappings {
  added: Mapping[];
  warnings: readonly SaveIssue[];
  /** What `*` caught before and a new mapping leads elsewhere: kept for exits. */
  kept: HeldPlace[];
}

/**
 * Adds mappings to a strategy, all or none.
 * @throws ManageError mapping_exists, invalid_strategy, position_shared
 */
export async function storeMappings(
  manager: Manager,
  { strategyId, mappings, now }: MappingsToStore,
): Promise<StoredMappings> {
  await lockAccountOf(manager, await getStrategy(manager, strategyId));
  const before = await getStrategy(manager, strategyId);
  refuseDoubles(before.mappings, mappings);
  const known = new Set(before.mappings.map(({ id }) => id));
  const late = new ManageError(
    'mapping_exists',
    'Somebody else has just mapped one of the symbols',
  );
  const { affected: kept } = await changeWhatIsHeld(manager, {
    ...{ before, asked: { choice: 'keep', now } },
    make: async () => {
      await refuseSecond(insertMappings(manager.db, { strategyId, mappings }), late);
    },
  });
  const today = now.withTimeZone('Asia/Kolkata').toPlainDate();
  const { strategy, warnings } = await checkSaved(manager, { strategyId, today });
  const added = strategy.mappings.filter(({ id }) => !known.has(id));
  await recordChange(manager, {
    what: 'mapping.add',
    subject: `strategy ${strategyId}`,
    after: { mappings: added.map(mappingData), ...(kept.length > 0 && { kept: heldData(kept) }) },
  });
  return { added, warnings, kept };
}

/** A signal symbol is mapped once: one that comes alone is told by its own code, of many each is named. */
function refuseDoubles(known: readonly Mapping[], mappings: MappingsToStore['mappings']): void {
  const taken = new Set(known.map(({ signalSymbol }) => signalSymbol));
  const doubles: SaveIssue[] = [];
  for (const [index, mapping] of mappings.entries()) {
    const { signalSymbol: symbol } = mapping;
    const { text } = refuse('mapping_exists', { symbol });
    const issue = { field: 'signalSymbol', text };
    if (taken.has(symbol)) doubles.push(atMapping(mapping, index, issue));
    taken.add(symbol);
  }
  if (taken.size > mostMappings) throw tooMany();
  const [first] = mappings;
  if (doubles.length === 0 || first === undefined) return;
  throw mappings.length === 1
    ? refusalError(refuse('mapping_exists', { symbol: first.signalSymbol }))
    : saveError('invalid_mapping', doubles);
}

/** Each signal looks through them: `*` takes the rest. */
const mostMappings = 2500;

function tooMany(): ManageError {
  const text = `A strategy has ${mostMappings} mappings at the most; * takes every symbol without one`;
  return saveError('invalid_mapping', [{ field: 'mappings', text }]);
}
