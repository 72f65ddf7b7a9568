import { type AccountRow, findAccount } from '@orderlane/db/accounts';
import { findStrategyWithOwner, type OwnedStrategy } from '@orderlane/db/strategies';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { ManageError } from './manage-error.ts';
import { isInReach, type Manager } from './manager.ts';

type Reader = Pick<Manager, 'db' | 'tenant'>;

/** @throws ManageError unknown_account, also for somebody else's */
export async function getAccount(manager: Reader, id: AccountId): Promise<AccountRow> {
  const account = await findAccount(manager.db, id);
  if (account !== undefined && isInReach(manager, account.user_id)) return account;
  throw new ManageError('unknown_account', `There is no account ${id}`);
}

/** @throws ManageError unknown_strategy, also for somebody else's */
export async function getStrategy(manager: Reader, id: StrategyId): Promise<Strategy> {
  return (await getOwnedStrategy(manager, id)).strategy;
}

/** With its owner. @throws ManageError unknown_strategy, also for somebody else's */
export async function getOwnedStrategy(manager: Reader, id: StrategyId): Promise<OwnedStrategy> {
  const owned = await findStrategyWithOwner(manager.db, id);
  if (owned !== undefined && isInReach(manager, owned.owner)) return owned;
  throw new ManageError('unknown_strategy', `There is no strategy ${id}`);
}

/**
 * An account that a strategy may be put on.
 * @throws ManageError unknown_account, also for one that is being deleted
 */
export async function getOpenAccount(manager: Reader, id: AccountId): Promise<AccountRow> {
  const account = await getAccount(manager, id);
  if (!account.delete_when_flat) return account;
  throw new ManageError('unknown_account', `Account "${account.name}" is being deleted`);
}
