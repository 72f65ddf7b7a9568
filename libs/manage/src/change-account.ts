import {
  type AccountRow,
  confirmLiveTrading,
  pauseAccount,
  resumeAccount,
} from '@orderlane/db/accounts';
import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';
import { accountData } from './account-data.ts';
import { getAccount } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** Stops every call of an account, exits included. @throws ManageError unknown_account */
export async function pause(
  manager: Manager,
  args: { accountId: AccountId; reason: string | undefined },
): Promise<AccountRow> {
  const reason = args.reason ?? 'Paused by hand';
  return await change(manager, args.accountId, {
    what: 'account.pause',
    make: async (db, { id }) => await pauseAccount(db, { id, reason }),
    alert: {
      code: 'account_paused',
      text: `was paused by ${manager.who} (${reason}): nothing is sent, exits included`,
    },
  });
}

/** @throws ManageError unknown_account */
export async function resume(
  manager: Manager,
  args: { accountId: AccountId },
): Promise<AccountRow> {
  return await change(manager, args.accountId, {
    what: 'account.resume',
    make: async (db, { id }) => await resumeAccount(db, id),
    alert: { code: 'brake_released', text: `was resumed by ${manager.who}` },
  });
}

/** The words that turn a live account's trading on. */
export function liveSentence({ name }: Pick<AccountRow, 'name'>): string {
  return `Account ${name} may trade with real money`;
}

/**
 * The owner's word, once, that a live account may trade.
 * @throws ManageError confirmation_differs, unknown_account
 */
export async function turnTradingOn(
  manager: Manager,
  args: { accountId: AccountId; said: string },
): Promise<AccountRow> {
  const sentence = liveSentence(await getAccount(manager, args.accountId));
  if (args.said.trim() !== sentence) {
    const text = `Trading stays off: the sentence is "${sentence}"`;
    throw new ManageError('confirmation_differs', text);
  }
  return await change(manager, args.accountId, {
    what: 'account.trading_on',
    make: async (db, { id }) => await confirmLiveTrading(db, id),
  });
}

interface Change {
  what: string;
  make: (db: Db, account: AccountRow) => Promise<void>;
  /** Told when the account begins or ceases to be paused. */
  alert?: Pick<AlertToRaise, 'code' | 'text'>;
}

async function change(
  manager: Manager,
  accountId: AccountId,
  { what, make, alert }: Change,
): Promise<AccountRow> {
  const { db } = manager;
  const before = await getAccount(manager, accountId);
  await make(db, before);
  const after = await getAccount(manager, accountId);
  if (alert !== undefined && before.paused_at?.getTime() !== after.paused_at?.getTime()) {
    await raiseAlert(db, alertAbout(after, alert));
  }
  await recordChange(manager, {
    what,
    subject: `account ${accountId}`,
    before: accountData(before),
    after: accountData(after),
  });
  return after;
}

/** Each pause and its end is told by itself, however soon after the last one. */
function alertAbout(
  { id, name }: AccountRow,
  { code, text }: Pick<AlertToRaise, 'code' | 'text'>,
): AlertToRaise {
  const subject = `account "${name}" ${Temporal.Now.instant().toString()}`;
  return { code, subject, accountId: id, text: `Account "${name}" ${text}` };
}
