import { findAccountByKey, lockAccountKeys, replaceAccountKey } from '@orderlane/db/account-keys';
import { type AccountRow, recordAccountMode } from '@orderlane/db/accounts';
import type { AccountId } from '@orderlane/domain/ids';
import { type SecretBox, sealedKeyId } from '@orderlane/runtime/secret-box';
import { getAccount } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import type { ProbedOpenAlgo } from './probe-openalgo.ts';
import { recordChange } from './record-change.ts';

/**
 * Gives an account another API key, which its OpenAlgo was asked about: processes that run use it from
 * their next call on.
 * @throws ManageError unknown_account, account_exists
 */
export async function replaceApiKey(
  manager: Manager,
  args: { accountId: AccountId; apiKey: string; mode: ProbedOpenAlgo['mode']; box: SecretBox },
): Promise<AccountRow> {
  const { db } = manager;
  const { accountId: id, apiKey, mode, box } = args;
  const before = await getAccount(manager, id);
  await lockAccountKeys(db);
  const twin = await findAccountByKey(db, { fingerprints: box.fingerprints(apiKey) });
  if (twin !== undefined && twin.id !== id) {
    throw new ManageError(
      'account_exists',
      `Account "${twin.name}" has this API key: it is the same OpenAlgo`,
    );
  }
  const sealed = { apiKeyBox: box.seal(apiKey), apiKeyFingerprint: box.fingerprint(apiKey) };
  await replaceAccountKey(db, { id, ...sealed });
  if (mode !== null) await recordAccountMode(db, { id, mode });
  await recordChange(manager, {
    what: 'account.set_key',
    subject: `account ${id}`,
    before: { key_id: sealedKeyId(before.api_key_box) ?? null, mode: before.mode },
    after: { key_id: box.keyId, mode: mode ?? before.mode },
  });
  return await getAccount(manager, id);
}
