import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping } from '@orderlane/db/strategies';
import type { Mapping } from '@orderlane/domain/mapping';
import { refuse } from '@orderlane/domain/refusal';
import type { Strategy } from '@orderlane/domain/strategy';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import type { Cli } from './cli.ts';
import { getStrategy } from './resolve.ts';
import { refusalError } from './save-error.ts';
import { mappingData } from './show-mapping.ts';
import { readToday } from './today.ts';
import { refuseSecond } from './unique.ts';
import { inTransaction } from './with-db.ts';

/**
 * Adds mappings to a strategy, all or none.
 * @throws CliError mapping_exists, invalid_strategy, position_shared
 */
export async function storeMappings(
  cli: Cli,
  nameOrId: string,
  mappings: readonly Omit<Mapping, 'id'>[],
): Promise<{ added: Mapping[]; warnings: string[] }> {
  const today = readToday(cli.environment);
  return await inTransaction(cli, async (db) => {
    const before = await getStrategy(db, nameOrId);
    await lockAccountOf(db, before);
    const known = new Set(before.mappings.map(({ id }) => id));
    for (const mapping of mappings) await insertOne(db, before.id, mapping);
    const { strategy, warnings } = await checkSaved(db, { strategyId: before.id, today });
    const added = strategy.mappings.filter(({ id }) => !known.has(id));
    await recordAudit(db, {
      who: cli.who,
      what: 'mapping.add',
      subject: `strategy ${before.id}`,
      after: { mappings: added.map(mappingData) },
    });
    return { added, warnings: warnings.map(({ text }) => text) };
  });
}

async function insertOne(
  db: Db,
  strategyId: Strategy['id'],
  mapping: Omit<Mapping, 'id'>,
): Promise<void> {
  const refusal = refusalError(refuse('mapping_exists', { symbol: mapping.signalSymbol }));
  await refuseSecond(insertMapping(db, { strategyId, ...mapping }), refusal);
}
