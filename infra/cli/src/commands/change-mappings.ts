import { checkMapping, type MappingDraft } from '@orderlane/domain/check-mapping';
import type { Mapping } from '@orderlane/domain/mapping';
import type { Strategy } from '@orderlane/domain/strategy';
import { ManageError, saveError } from '@orderlane/manage/manage-error';
import { mappingData } from '@orderlane/manage/mapping-data';
import * as mappings from '@orderlane/manage/remove-mapping';
import type { Answer, Cli } from '../cli.ts';
import { mappingTable } from '../mapping-table.ts';
import { getStrategy } from '../resolve.ts';
import { storeMappings } from '../store-mappings.ts';
import { inTransaction, withDb } from '../with-db.ts';

export async function showMappings(cli: Cli, args: { strategy: string }): Promise<Answer> {
  const strategy = await withDb(cli, async (db) => await getStrategy(db, args.strategy));
  const text = strategy.mappings.length === 0 ? 'No mappings yet' : mappingTable(strategy.mappings);
  return { data: strategy.mappings.map(mappingData), text };
}

/** @throws ManageError invalid_mapping, mapping_exists, invalid_strategy, position_shared */
export async function addMapping(
  cli: Cli,
  args: { strategy: string; draft: MappingDraft },
): Promise<Answer> {
  const checked = checkMapping(args.draft);
  if (!checked.ok) throw saveError('invalid_mapping', checked.issues);
  const { added, warnings } = await storeMappings(cli, args.strategy, [checked.mapping]);
  const text = [mappingTable(added), ...warnings.map((warning) => `Warning: ${warning}`)];
  return { data: { added: added.map(mappingData), warnings }, text: text.join('\n') };
}

/** @throws ManageError unknown_mapping, holds_position */
export async function removeMapping(
  cli: Cli,
  args: { strategy: string; mapping: string; forget: boolean },
): Promise<Answer> {
  return await inTransaction(cli, async (manager) => {
    const strategy = await getStrategy(manager.db, args.strategy);
    const { id: mappingId } = findMapping(strategy, args.mapping);
    const { forget } = args;
    const removed = { strategyId: strategy.id, mappingId, forget };
    const mapping = await mappings.removeMapping(manager, removed);
    const text = `Mapping ${mapping.signalSymbol} of "${strategy.name}" is deleted`;
    return { data: { ...mappingData(mapping), deleted: true }, text };
  });
}

/** By the symbol that senders use, or by its number. */
function findMapping(strategy: Strategy, symbolOrId: string): Mapping {
  const symbol = symbolOrId.trim().toUpperCase();
  const mapping =
    strategy.mappings.find(({ signalSymbol }) => signalSymbol === symbol) ??
    strategy.mappings.find(({ id }) => String(id) === symbol);
  if (mapping !== undefined) return mapping;
  throw new ManageError('unknown_mapping', `"${strategy.name}" has no mapping ${symbolOrId}`);
}
