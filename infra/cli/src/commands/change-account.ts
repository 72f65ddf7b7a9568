import type { AccountRow } from '@orderlane/db/accounts';
import { accountData } from '@orderlane/manage/account-data';
import * as accounts from '@orderlane/manage/change-account';
import type { Manager } from '@orderlane/manage/manager';
import { ask } from '../ask.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { getAccount } from '../resolve.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Stops every call of an account, exits included. */
export async function pause(
  cli: Cli,
  args: { account: string; reason: string | undefined },
): Promise<Answer> {
  return await change(cli, args.account, {
    make: async (manager, { id: accountId }) =>
      await accounts.pause(manager, { accountId, reason: args.reason }),
    text: ({ name }) => `Account "${name}" is paused: nothing is sent, exits included`,
  });
}

export async function resume(cli: Cli, args: { account: string }): Promise<Answer> {
  return await change(cli, args.account, {
    make: async (manager, { id: accountId }) => await accounts.resume(manager, { accountId }),
    text: ({ name }) => `Account "${name}" is not paused any more`,
  });
}

/**
 * The owner's word, once, that a live account may trade.
 * @throws CliError confirmation_missing; ManageError confirmation_differs
 */
export async function turnTradingOn(
  cli: Cli,
  args: { account: string; confirm: string | undefined },
): Promise<Answer> {
  const account = await withDb(cli, async (db) => await getAccount(db, args.account));
  const said = args.confirm ?? (await askSentence(cli, accounts.liveSentence(account)));
  return await change(cli, args.account, {
    make: async (manager, { id: accountId }) =>
      await accounts.turnTradingOn(manager, { accountId, said }),
    text: ({ name }) => `Account "${name}" may now send orders to its broker`,
  });
}

async function askSentence(cli: Cli, sentence: string): Promise<string> {
  if (!cli.isInteractive) {
    throw new CliError('confirmation_missing', `Say it with --confirm "${sentence}"`);
  }
  cli.stderr.write('From then on its strategies place orders with real money.\n');
  return await ask(cli, `Type this sentence: ${sentence}\n> `);
}

interface Change {
  make: (manager: Manager, account: AccountRow) => Promise<AccountRow>;
  text: (account: AccountRow) => string;
}

async function change(cli: Cli, nameOrId: string, { make, text }: Change): Promise<Answer> {
  return await inTransaction(cli, async (manager) => {
    const after = await make(manager, await getAccount(manager.db, nameOrId));
    return { data: accountData(after), text: text(after) };
  });
}
