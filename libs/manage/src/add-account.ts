import { findAccountByKey, lockAccountKeys } from '@orderlane/db/account-keys';
import { type AccountRow, insertAccount } from '@orderlane/db/accounts';
import type { SecretBox } from '@orderlane/runtime/secret-box';
import { accountData } from './account-data.ts';
import type { AccountDraft } from './check-account.ts';
import { getAccount } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import type { ProbedOpenAlgo } from './probe-openalgo.ts';
import { recordChange } from './record-change.ts';
import { refuseSecond } from './unique.ts';

/** All that is known of a new account, after its OpenAlgo was asked. */
export interface AccountToAdd extends AccountDraft, ProbedOpenAlgo {
  tradesElsewhere: boolean;
  /** Whose it is. */
  owner: string;
}

/** Stores an account whose OpenAlgo takes its key. @throws ManageError account_exists */
export async function addAccount(
  manager: Manager,
  { account, box }: { account: AccountToAdd; box: SecretBox },
): Promise<AccountRow> {
  const { db } = manager;
  const { name, baseUrl, apiKey, mode, tradesElsewhere, owner } = account;
  const exists = new ManageError(
    'account_exists',
    `There is an account "${name}" already, or one with this API key: that is the same OpenAlgo`,
  );
  // While the secret key is being replaced a fingerprint may still be one under the old key.
  await lockAccountKeys(db);
  // A key is one OpenAlgo's, by whatever address: two accounts would send to one broker twice as fast.
  const twin = await findAccountByKey(db, { fingerprints: box.fingerprints(apiKey) });
  if (twin !== undefined) throw exists;
  const insert = insertAccount(db, {
    userId: owner,
    name,
    baseUrl,
    apiKeyBox: box.seal(apiKey),
    apiKeyFingerprint: box.fingerprint(apiKey),
    mode,
    tradesElsewhere,
  });
  const id = await refuseSecond(insert, exists);
  const stored = await getAccount(manager, id);
  await recordChange(manager, {
    what: 'account.add',
    subject: `account ${id}`,
    after: accountData(stored),
  });
  return stored;
}
