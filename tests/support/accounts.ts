import { confirmLiveTrading, insertAccount } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';
import { createSecretBox } from '@orderlane/runtime/secret-box';

export const testSecretKey = 'a secret key of the tests, 32 chars or more';

/** A live account whose owner has let it trade. */
export async function addAccount(
  db: Db,
  args: { baseUrl: string; apiKey: string },
): Promise<AccountId> {
  const box = createSecretBox(testSecretKey);
  const id = await insertAccount(db, {
    userId: 'owner',
    name: `account of ${args.apiKey}`,
    baseUrl: args.baseUrl,
    apiKeyBox: box.seal(args.apiKey),
    apiKeyFingerprint: box.fingerprint(args.apiKey),
    mode: 'live',
    tradesElsewhere: false,
  });
  await confirmLiveTrading(db, id);
  return id;
}
