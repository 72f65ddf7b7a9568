import { markSessionDead } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';
import * as events from '@orderlane/runtime/events';
import type { Parts } from './stores.ts';

/**
 * OpenAlgo refuses the account's key: nothing is sent there until a ping answers, and its owner is
 * told. True when that was not known yet.
 */
async function holdDeadSession(db: Db, accountId: AccountId): Promise<boolean> {
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

/** Holds an account whose session is found dead, and says so in the log the first time. */
export function deadSessionHandler({ log }: Parts, db: Db) {
  return async (accountId: AccountId): Promise<void> => {
    if (await holdDeadSession(db, accountId)) events.accountSessionDead(log, { accountId });
  };
}
