import { lockAccount } from '@orderlane/db/accounts';
import { listActiveStrategiesOf } from '@orderlane/db/strategies';
import { checkStrategy } from '@orderlane/domain/check-strategy';
import { refuseSharedPosition } from '@orderlane/domain/position-shared';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { Strategy } from '@orderlane/domain/strategy';
import { getStrategy } from './find-owned.ts';
import { refusalError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';

/** Takes the account's lock before a change, so that two changes cannot both pass the check. */
export async function lockAccountOf(
  { db }: Pick<Manager, 'db'>,
  strategy: Pick<Strategy, 'accountId'>,
): Promise<void> {
  if (strategy.accountId !== null) await lockAccount(db, strategy.accountId);
}

/**
 * Checks a strategy as the transaction would leave it: its own fields with its mappings, and that
 * it shares no position with another.
 * @returns what is only doubtful
 * @throws ManageError invalid_strategy, position_shared
 */
export async function checkSaved(
  manager: Manager,
  args: { strategyId: Strategy['id']; today: Temporal.PlainDate },
): Promise<{ strategy: Strategy; warnings: readonly SaveIssue[] }> {
  const strategy = await getStrategy(manager, args.strategyId);
  const { issues, warnings } = checkStrategy(strategy, args.today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  if (strategy.accountId !== null) {
    const others = await listActiveStrategiesOf(manager.db, strategy.accountId);
    const refusal = refuseSharedPosition(strategy, others);
    if (refusal !== undefined) throw refusalError(refusal);
  }
  return { strategy, warnings };
}
