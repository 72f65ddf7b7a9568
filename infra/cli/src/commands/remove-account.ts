import type { HeldChoice } from '@orderlane/domain/plan-held-change';
import { accountData } from '@orderlane/manage/account-data';
import * as accounts from '@orderlane/manage/remove-account';
import type { Answer, Cli } from '../cli.ts';
import { askHeld } from '../held-options.ts';
import { heldAnswer, heldLines } from '../held-text.ts';
import { getAccount } from '../resolve.ts';
import { inTransaction } from '../with-db.ts';

/** @throws ManageError unknown_account, account_in_use, orders_on_their_way */
export async function removeAccount(
  cli: Cli,
  args: { account: string; choice: HeldChoice },
): Promise<Answer> {
  const asked = askHeld(cli, args.choice);
  const removed = await inTransaction(cli, async (manager) => {
    const { id: accountId } = await getAccount(manager.db, args.account);
    return await accounts.removeAccount(manager, { accountId, asked });
  });
  const { account, isGone } = removed;
  const what = isGone
    ? `Account "${account.name}" is deleted`
    : `Account "${account.name}" is deleted once nothing is held there`;
  return {
    data: { ...accountData(account), deleted: isGone, ...heldAnswer(removed) },
    text: [what, ...heldLines(removed)].join('\n'),
  };
}
