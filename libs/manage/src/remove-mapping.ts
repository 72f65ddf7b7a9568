import { type HeldInstrument, listHeldInstruments } from '@orderlane/db/held-instruments';
import { deleteMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { anySymbol, type Mapping } from '@orderlane/domain/mapping';
import type { Strategy } from '@orderlane/domain/strategy';
import { getStrategy } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';
import { refuseHeld } from './refuse-held.ts';

/** @throws ManageError unknown_mapping, holds_position */
export async function removeMapping(
  manager: Manager,
  args: { strategyId: StrategyId; mappingId: number; forget: boolean },
): Promise<Mapping> {
  const { strategyId, mappingId, forget } = args;
  const strategy = await getStrategy(manager, strategyId);
  const mapping = getMapping(strategy, mappingId);
  const held = (await listHeldInstruments(manager.db, strategyId)).filter((instrument) =>
    isTradedBy(mapping, instrument),
  );
  refuseHeld(held, forget);
  await deleteMapping(manager.db, { strategyId, id: mappingId });
  await recordChange(manager, {
    what: 'mapping.delete',
    subject: `strategy ${strategyId}`,
    before: { ...mappingData(mapping), held },
  });
  return mapping;
}

/** @throws ManageError unknown_mapping */
export function getMapping({ name, mappings }: Strategy, mappingId: number): Mapping {
  const mapping = mappings.find(({ id }) => id === mappingId);
  if (mapping !== undefined) return mapping;
  throw new ManageError('unknown_mapping', `"${name}" has no mapping ${mappingId}`);
}

/** Whether signals by this mapping reach what is held. */
export function isTradedBy(mapping: Mapping, held: HeldInstrument): boolean {
  const isSymbol = mapping.signalSymbol === anySymbol || mapping.symbol === held.symbol;
  return isSymbol && mapping.exchange === held.exchange && mapping.product === held.product;
}
