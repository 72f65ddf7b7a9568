import { markSessionDead } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';

/**
 * OpenAlgo refuses the account's key: nothing is sent there until a ping answers, and its owner is
 * told. True when that was not known yet.
 */
export async function holdDeadSession(db: Db, accountId: AccountId): Promise<boolean> {
  return await db.transaction().execute(async (transaction) => {
    const isNews = await markSessionDead(transaction, accountId);
    if (isNews) {
      await raiseAlert(transaction, {
        code: 'session_dead',
        subject: `account ${accountId}`,
        accountId,
        text: 'OpenAlgo refuses the API key: sign in to the broker there, or check the key',
      });
    }
    return isNews;
  });
}
