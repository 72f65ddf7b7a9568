import { listFormerMappings } from '@orderlane/db/former-mappings';
import { checkMapping, type MappingDraft } from '@orderlane/domain/check-mapping';
import type { FormerMapping } from '@orderlane/domain/former-mapping';
import type { Mapping } from '@orderlane/domain/mapping';
import type { HeldChoice } from '@orderlane/domain/plan-held-change';
import type { Strategy } from '@orderlane/domain/strategy';
import { describeHeld, heldData } from '@orderlane/manage/describe-held';
import * as edits from '@orderlane/manage/edit-mapping';
import { ManageError, saveError } from '@orderlane/manage/manage-error';
import { mappingData } from '@orderlane/manage/mapping-data';
import * as mappings from '@orderlane/manage/remove-mapping';
import type { Answer, Cli } from '../cli.ts';
import { askHeld } from '../held-options.ts';
import { heldAnswer, heldLines } from '../held-text.ts';
import { formerTable, mappingTable } from '../mapping-table.ts';
import { getStrategy } from '../resolve.ts';
import { storeMappings } from '../store-mappings.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Those of today, and those that are kept for exits. */
export async function showMappings(cli: Cli, args: { strategy: string }): Promise<Answer> {
  return await withDb(cli, async (db) => {
    const strategy = await getStrategy(db, args.strategy);
    const former = await listFormerMappings(db, strategy.id);
    const now =
      strategy.mappings.length === 0 ? 'No mappings yet' : mappingTable(strategy.mappings);
    const kept =
      former.length === 0 ? [] : ['', 'Kept for exits until it is flat:', formerTable(former)];
    return {
      data: [...strategy.mappings.map(mappingData), ...former.map(formerData)],
      text: [now, ...kept].join('\n'),
    };
  });
}

function formerData({ signalSymbol, accountId, exchange, symbol, product }: FormerMapping) {
  return {
    ...{ signal_symbol: signalSymbol, symbol, exchange, product, account_id: accountId },
    exits_only: true,
  };
}

/** @throws ManageError invalid_mapping, mapping_exists, invalid_strategy, position_shared */
export async function addMapping(
  cli: Cli,
  args: { strategy: string; draft: MappingDraft },
): Promise<Answer> {
  const checked = checkMapping(args.draft);
  if (!checked.ok) throw saveError('invalid_mapping', checked.issues);
  const { added, warnings, kept } = await storeMappings(cli, args.strategy, [checked.mapping]);
  const text = [
    mappingTable(added),
    ...warningLines(warnings),
    ...(kept.length === 0 ? [] : [`Kept for exits until it is flat: ${describeHeld(kept)}`]),
  ];
  const data = { added: added.map(mappingData), warnings, kept: heldData(kept) };
  return { data, text: text.join('\n') };
}

function warningLines(warnings: readonly string[]): string[] {
  return warnings.map((warning) => `Warning: ${warning}`);
}

export interface AskedMappingEdit {
  strategy: string;
  mapping: string;
  /** What is left out stays as it is. */
  changes: Partial<MappingDraft>;
  choice: HeldChoice;
}

/** @throws ManageError unknown_mapping, invalid_mapping, mapping_exists, invalid_strategy, position_shared */
export async function editMapping(cli: Cli, asked: AskedMappingEdit): Promise<Answer> {
  const held = askHeld(cli, asked.choice);
  const edited = await inTransaction(cli, async (manager) => {
    const strategy = await getStrategy(manager.db, asked.strategy);
    const before = findMapping(strategy, asked.mapping);
    const checked = checkMapping({ ...before, ...asked.changes });
    if (!checked.ok) throw saveError('invalid_mapping', checked.issues);
    const mapping = { ...checked.mapping, id: before.id };
    return await edits.editMapping(manager, { strategyId: strategy.id, mapping, asked: held });
  });
  const warnings = edited.warnings.map(({ text }) => text);
  return {
    data: { ...mappingData(edited.mapping), warnings, ...heldAnswer(edited) },
    text: [mappingTable([edited.mapping]), ...warningLines(warnings), ...heldLines(edited)].join(
      '\n',
    ),
  };
}

/** @throws ManageError unknown_mapping, orders_on_their_way */
export async function removeMapping(
  cli: Cli,
  args: { strategy: string; mapping: string; choice: HeldChoice },
): Promise<Answer> {
  const asked = askHeld(cli, args.choice);
  return await inTransaction(cli, async (manager) => {
    const strategy = await getStrategy(manager.db, args.strategy);
    const { id: mappingId } = findMapping(strategy, args.mapping);
    const removed = { strategyId: strategy.id, mappingId, asked };
    const { mapping, ...outcome } = await mappings.removeMapping(manager, removed);
    const text = `Mapping ${mapping.signalSymbol} of "${strategy.name}" is deleted`;
    return {
      data: { ...mappingData(mapping), deleted: true, ...heldAnswer(outcome) },
      text: [text, ...heldLines(outcome)].join('\n'),
    };
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
