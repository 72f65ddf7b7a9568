import { recordAudit } from '@orderlane/db/audit';
import { type HeldInstrument, listHeldInstruments } from '@orderlane/db/held-instruments';
import { deleteMapping } from '@orderlane/db/strategies';
import { checkMapping, type MappingDraft } from '@orderlane/domain/check-mapping';
import { anySymbol, type Mapping } from '@orderlane/domain/mapping';
import type { Strategy } from '@orderlane/domain/strategy';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { refuseHeld } from '../refuse-held.ts';
import { getStrategy } from '../resolve.ts';
import { saveError } from '../save-error.ts';
import { mappingData, mappingTable } from '../show-mapping.ts';
import { storeMappings } from '../store-mappings.ts';
import { inTransaction, withDb } from '../with-db.ts';

export async function showMappings(cli: Cli, args: { strategy: string }): Promise<Answer> {
  const { mappings } = await withDb(cli, async (db) => await getStrategy(db, args.strategy));
  const text = mappings.length === 0 ? 'No mappings yet' : mappingTable(mappings);
  return { data: mappings.map(mappingData), text };
}

/** @throws CliError invalid_mapping, mapping_exists, invalid_strategy, position_shared */
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

/** @throws CliError unknown_mapping, holds_position */
export async function removeMapping(
  cli: Cli,
  args: { strategy: string; mapping: string; forget: boolean },
): Promise<Answer> {
  return await inTransaction(cli, async (db) => {
    const strategy = await getStrategy(db, args.strategy);
    const mapping = findMapping(strategy, args.mapping);
    const held = (await listHeldInstruments(db, strategy.id)).filter((instrument) =>
      isTradedBy(mapping, instrument),
    );
    refuseHeld(held, args.forget);
    await deleteMapping(db, { strategyId: strategy.id, id: mapping.id });
    await recordAudit(db, {
      who: cli.who,
      what: 'mapping.delete',
      subject: `strategy ${strategy.id}`,
      before: { ...mappingData(mapping), held },
    });
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
  throw new CliError('unknown_mapping', `"${strategy.name}" has no mapping ${symbolOrId}`);
}

function isTradedBy(mapping: Mapping, held: HeldInstrument): boolean {
  const isSymbol = mapping.signalSymbol === anySymbol || mapping.symbol === held.symbol;
  return isSymbol && mapping.exchange === held.exchange && mapping.product === held.product;
}
