import type { AccountId } from '@orderlane/domain/ids';
import { raiseAlert } from './alerts.ts';
import type { Db } from './open-db.ts';

/** Tells that an account's API key cannot be opened. `isOpen`: a process still has it in memory. */
export async function raiseKeyUnreadable(
  db: Db,
  args: { accountId: AccountId; reason: string; isOpen: boolean },
): Promise<void> {
  const { accountId, reason, isOpen } = args;
  const then = isOpen
    ? 'A process that had it open goes on with it until it is restarted.'
    : 'Its orders wait.';
  await raiseAlert(db, {
    code: 'key_unreadable',
    subject: `account ${accountId}`,
    accountId,
    text: `The API key of account ${accountId} cannot be opened. ${then} ${reason}`,
  });
}
