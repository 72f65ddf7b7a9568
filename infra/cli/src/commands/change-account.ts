import {
  type AccountRow,
  confirmLiveTrading,
  pauseAccount,
  resumeAccount,
} from '@orderlane/db/accounts';
import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { ask } from '../ask.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { getAccount } from '../resolve.ts';
import { accountData } from '../show-account.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Stops every call of an account, exits included. */
export async function pause(
  cli: Cli,
  args: { account: string; reason: string | undefined },
): Promise<Answer> {
  const reason = args.reason ?? 'Paused by hand';
  return await change(cli, args.account, {
    what: 'account.pause',
    make: async (db, { id }) => await pauseAccount(db, { id, reason }),
    alert: {
      code: 'account_paused',
      text: `was paused by ${cli.who} (${reason}): nothing is sent, exits included`,
    },
    text: ({ name }) => `Account "${name}" is paused: nothing is sent, exits included`,
  });
}

export async function resume(cli: Cli, args: { account: string }): Promise<Answer> {
  return await change(cli, args.account, {
    what: 'account.resume',
    make: async (db, { id }) => await resumeAccount(db, id),
    alert: { code: 'brake_released', text: `was resumed by ${cli.who}` },
    text: ({ name }) => `Account "${name}" is not paused any more`,
  });
}

/**
 * The owner's word, once, that a live account may trade.
 * @throws CliError confirmation_differs, confirmation_missing
 */
export async function turnTradingOn(
  cli: Cli,
  args: { account: string; confirm: string | undefined },
): Promise<Answer> {
  const { name } = await withDb(cli, async (db) => await getAccount(db, args.account));
  const sentence = `Account ${name} may trade with real money`;
  const said = args.confirm ?? (await askSentence(cli, sentence));
  if (said.trim() !== sentence) {
    throw new CliError('confirmation_differs', `Trading stays off: the sentence is "${sentence}"`);
  }
  return await change(cli, args.account, {
    what: 'account.trading_on',
    make: async (db, { id }) => await confirmLiveTrading(db, id),
    text: () => `Account "${name}" may now send orders to its broker`,
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
  what: string;
  make: (db: Db, account: AccountRow) => Promise<void>;
  /** Told when the account begins or ceases to be paused. */
  alert?: Pick<AlertToRaise, 'code' | 'text'>;
  text: (account: AccountRow) => string;
}

async function change(cli: Cli, nameOrId: string, asked: Change): Promise<Answer> {
  const { what, make, alert, text } = asked;
  return await inTransaction(cli, async (db) => {
    const before = await getAccount(db, nameOrId);
    await make(db, before);
    const after = await getAccount(db, String(before.id));
    await recordAudit(db, {
      who: cli.who,
      what,
      subject: `account ${before.id}`,
      before: accountData(before),
      after: accountData(after),
    });
    if (alert !== undefined && before.paused_at?.getTime() !== after.paused_at?.getTime()) {
      await raiseAlert(db, alertAbout(after, alert));
    }
    return { data: accountData(after), text: text(after) };
  });
}

/** Each pause and its end is told by itself, however soon after the last one. */
function alertAbout(
  { id, name }: AccountRow,
  { code, text }: Pick<AlertToRaise, 'code' | 'text'>,
): AlertToRaise {
  const subject = `account "${name}" ${Temporal.Now.instant().toString()}`;
  return { code, subject, accountId: id, text: `Account "${name}" ${text}` };
}
