import type { HeldPlace } from '@orderlane/db/held-places';
import type { Mapping } from '@orderlane/domain/mapping';
import type { MappingToAdd } from '@orderlane/manage/mapping-to-add';
import * as mappingStore from '@orderlane/manage/store-mappings';
import type { Cli } from './cli.ts';
import { getStrategy } from './resolve.ts';
import { readNow } from './today.ts';
import { inTransaction } from './with-db.ts';

/**
 * Adds mappings to a strategy, all or none.
 * @throws ManageError mapping_exists, invalid_strategy, position_shared
 */
export async function storeMappings(
  cli: Cli,
  nameOrId: string,
  mappings: readonly MappingToAdd[],
): Promise<{ added: Mapping[]; warnings: string[]; kept: HeldPlace[] }> {
  const now = readNow(cli.environment);
  return await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, nameOrId);
    const asked = { strategyId, mappings, now };
    const { added, warnings, kept } = await mappingStore.storeMappings(manager, asked);
    return { added, warnings: warnings.map(({ text }) => text), kept };
  });
}
