import {
  type AccountRow,
  findAccount,
  listAccounts,
  listAccountsByName,
} from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { findStrategy, listStrategyIdsByName } from '@orderlane/db/strategies';
import { brandIds } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { ManageError } from '@orderlane/manage/manage-error';
import { CliError } from './cli-error.ts';

const idText = /^\d{1,9}$/;

/**
 * An account by its number, or by its name.
 * @throws ManageError unknown_account
 * @throws CliError ambiguous_name
 */
export async function getAccount(db: Db, nameOrId: string): Promise<AccountRow> {
  const byId = idText.test(nameOrId)
    ? await findAccount(db, brandIds.account(Number(nameOrId)))
    : undefined;
  const account = byId ?? onlyOne('account', nameOrId, await listAccountsByName(db, nameOrId));
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
    const names = accounts.map(({ id, name }) => `${name} (${id})`).join(', ');
    throw new CliError('which_account', `Say which account with --account: ${names}`);
  }
  return only;
}

/**
 * A strategy by its number, or by its name.
 * @throws ManageError unknown_strategy
 * @throws CliError ambiguous_name
 */
export async function getStrategy(db: Db, nameOrId: string): Promise<Strategy> {
  const byId = idText.test(nameOrId)
    ? await findStrategy(db, brandIds.strategy(Number(nameOrId)))
    : undefined;
  const strategy = byId ?? (await findByName(db, nameOrId));
  if (strategy === undefined) {
    throw new ManageError('unknown_strategy', `There is no strategy "${nameOrId}"`);
  }
  return strategy;
}

async function findByName(db: Db, name: string): Promise<Strategy | undefined> {
  const ids = (await listStrategyIdsByName(db, name)).map((id) => ({ id }));
  const only = onlyOne('strategy', name, ids);
  return only && (await findStrategy(db, only.id));
}

/**
 * Each owner gives names of his own: one that several gave means none of them.
 * @throws CliError ambiguous_name with their numbers
 */
export function onlyOne<T extends { id: number }>(
  what: 'account' | 'strategy',
  name: string,
  found: readonly T[],
): T | undefined {
  if (found.length <= 1) return found[0];
  const numbers = found.map(({ id }) => id).join(', ');
  const text = `Several owners have ${what === 'account' ? 'an account' : 'a strategy'} "${name}"`;
  throw new CliError('ambiguous_name', `${text}: say its number instead (${numbers})`);
}
