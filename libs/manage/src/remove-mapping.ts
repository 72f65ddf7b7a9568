import { type HeldInstrument, listHeldInstruments } from '@orderlane/db/held-instruments';
import { deleteMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { anySymbol, type Mapping } from '@orderlane/domain/mapping';
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
  const mapping = strategy.mappings.find(({ id }) => id === mappingId);
  if (mapping === undefined) {
    throw new ManageError('unknown_mapping', `"${strategy.name}" has no mapping ${mappingId}`);
  }
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

function isTradedBy(mapping: Mapping, held: HeldInstrument): boolean {
  const isSymbol = mapping.signalSymbol === anySymbol || mapping.symbol === held.symbol;
  return isSymbol && mapping.exchange === held.exchange && mapping.product === held.product;
}
