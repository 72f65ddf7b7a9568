import { type AccountRow, lockAccount } from '@orderlane/db/accounts';
import { type AccountValues, updateAccount } from '@orderlane/db/change-accounts';
import { listHeldPlaces } from '@orderlane/db/held-places';
import type { AccountId } from '@orderlane/domain/ids';
import { accountData } from './account-data.ts';
import { describeHeld } from './describe-held.ts';
import { getAccount } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';
import { refuseSecond } from './unique.ts';

export interface AccountEdit {
  accountId: AccountId;
  values: AccountValues;
  /** The other address leads to the same broker account: what is held there stays held. */
  isSameBroker: boolean;
}

/** @throws ManageError unknown_account, account_exists, holds_position */
export async function editAccount(manager: Manager, edit: AccountEdit): Promise<AccountRow> {
  const { accountId: id, values, isSameBroker } = edit;
  const before = await getAccount(manager, id);
  await lockAccount(manager.db, id);
  const isMoved = values.base_url !== undefined && values.base_url !== before.base_url;
  if (isMoved && !isSameBroker) await refuseHeld(manager, id);
  const exists = new ManageError('account_exists');
  await refuseSecond(updateAccount(manager.db, { id, values }), exists);
  const after = await getAccount(manager, id);
  await recordChange(manager, {
    what: 'account.edit',
    subject: `account ${id}`,
    before: accountData(before),
    after: accountData(after),
  });
  return after;
}

/** Another broker account has other positions. */
async function refuseHeld({ db }: Manager, accountId: AccountId): Promise<void> {
  const held = await listHeldPlaces(db, { accountId });
  if (held.length === 0) return;
  throw new ManageError('holds_position', `Still open on the account: ${describeHeld(held)}`);
}
