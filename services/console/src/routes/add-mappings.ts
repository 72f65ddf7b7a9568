import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { type CheckedLots, checkLots } from '@orderlane/manage/check-lots';
import { getAccount, getStrategy } from '@orderlane/manage/find-owned';
import { saveError } from '@orderlane/manage/manage-error';
import type { MappingToAdd } from '@orderlane/manage/mapping-to-add';
import { type StoredMappings, storeMappings } from '@orderlane/manage/store-mappings';
import { SecretBoxError } from '@orderlane/runtime/secret-box';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { withOpenAlgo } from '../http/with-openalgo.ts';

interface MappingsToCheck {
  strategyId: StrategyId;
  mappings: readonly MappingToAdd[];
}

/** Takes a transaction back that has done all its work, with what came of it. */
class DryRun extends Error {
  override readonly name = 'DryRun';
  readonly stored: StoredMappings;

  constructor(stored: StoredMappings) {
    super('Nothing is stored: it was to be tried');
    this.stored = stored;
  }
}

/** Checks them, also with the account's OpenAlgo, and stores all or none. @throws ManageError */
export async function addMappings(
  deps: ManageDeps,
  context: ConsoleContext,
  { isDry, ...asked }: MappingsToCheck & { isDry: boolean },
): Promise<{ added: Mapping[]; warnings: readonly SaveIssue[] }> {
  const doubts = await checkOwnLots(deps, context, asked);
  const stored = await inTransaction(deps.db, context, async (manager) => {
    const done = await storeMappings(manager, { ...asked, now: deps.now() });
    if (isDry) throw new DryRun(done);
    return done;
  }).catch((error: unknown) => {
    if (error instanceof DryRun) return error.stored;
    throw error;
  });
  return { ...stored, warnings: [...doubts, ...stored.warnings] };
}

/**
 * Before the transaction: nothing is locked while somebody else's server is asked.
 * @returns what is only doubtful
 * @throws ManageError unknown_strategy, invalid_mapping
 */
export async function checkOwnLots(
  deps: ManageDeps,
  context: ConsoleContext,
  { strategyId, mappings }: MappingsToCheck,
): Promise<SaveIssue[]> {
  const manager = managerOf(deps.db, context);
  const { accountId } = await getStrategy(manager, strategyId);
  if (accountId === null) return [];
  const account = await getAccount(manager, accountId);
  const { issues, warnings } = await withOpenAlgo(
    deps,
    account,
    async (client) => await checkLots(client, mappings),
  ).catch(doubtKey);
  if (issues.length > 0) throw saveError('invalid_mapping', issues);
  return warnings;
}

/** A key that does not open is a matter of the account, and keeps nobody from mapping. */
function doubtKey(error: unknown): CheckedLots {
  if (!(error instanceof SecretBoxError)) throw error;
  return { issues: [], warnings: [{ field: 'account', text: error.message }] };
}
