import {
  type AccountRow,
  findAccount,
  findAccountByName,
  listAccounts,
} from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { findStrategy, findStrategyByName } from '@orderlane/db/strategies';
import { brandIds } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { ManageError } from '@orderlane/manage/manage-error';
import { CliError } from './cli-error.ts';

const idText = /^\d{1,9}$/;

/** An account by its name, or by its number. @throws ManageError unknown_account */
export async function getAccount(db: Db, nameOrId: string): Promise<AccountRow> {
  const account = idText.test(nameOrId)
    ? await findAccount(db, brandIds.account(Number(nameOrId)))
    : await findAccountByName(db, nameOrId);
  if (account === undefined) {
    throw new ManageError('unknown_account', `There is no account "${nameOrId}"`);
  }
  return account;
}

/** The account that a new strategy trades on: the one named, or the only one. @throws CliError, ManageError */
export async function chooseAccount(db: Db, nameOrId: string | undefined): Promise<AccountRow> {
  if (nameOrId !== undefined) return await getAccount(db, nameOrId);
  const accounts = await listAccounts(db);
  const [only] = accounts;
  if (only === undefined) {
    throw new CliError('no_account', 'There is no account yet: add one with "account add"');
  }
  if (accounts.length > 1) {
    const names = accounts.map((account) => account.name).join(', ');
    throw new CliError('which_account', `Say which account with --account: ${names}`);
  }
  return only;
}

/** A strategy by its name, or by its number. @throws ManageError unknown_strategy */
export async function getStrategy(db: Db, nameOrId: string): Promise<Strategy> {
  const byId = idText.test(nameOrId)
    ? await findStrategy(db, brandIds.strategy(Number(nameOrId)))
    : undefined;
  const strategy = byId ?? (await findStrategyByName(db, nameOrId));
  if (strategy === undefined) {
    throw new ManageError('unknown_strategy', `There is no strategy "${nameOrId}"`);
  }
  return strategy;
}
