import {
  type AccountDraft,
  checkAccount,
  checkKey,
  longestKey,
} from '@orderlane/manage/check-account';
import { saveError } from '@orderlane/manage/manage-error';
import { ask, askSecret, readPiped } from './ask.ts';
import type { Cli } from './cli.ts';
import { CliError } from './cli-error.ts';

/** What the command line says of a new account. */
export interface AskedAccount {
  name: string;
  baseUrl: string | undefined;
  /** Undefined: ask, or assume yes. */
  tradesElsewhere: boolean | undefined;
}

/** All that is known of a new account before its OpenAlgo is asked. */
export interface AccountToAdd extends AccountDraft {
  tradesElsewhere: boolean;
}

/**
 * Checks what was said and asks for the rest; the key never comes as an argument.
 * @throws CliError, ManageError invalid_account
 */
export async function readAccountToAdd(cli: Cli, asked: AskedAccount): Promise<AccountToAdd> {
  const { name, baseUrl } = asked;
  if (baseUrl === undefined) {
    throw new CliError('no_base_url', 'Say where OpenAlgo is: --url, or HOST_SERVER');
  }
  // Before the question: nobody should type a key for an account that cannot be saved.
  checked({ name, baseUrl, apiKey: 'not asked yet' });
  const account = checked({ name, baseUrl, apiKey: await readApiKey(cli) });
  return { ...account, tradesElsewhere: asked.tradesElsewhere ?? (await askTradesElsewhere(cli)) };
}

function checked(draft: AccountDraft): AccountDraft {
  const result = checkAccount(draft);
  if (!result.ok) throw saveError('invalid_account', result.issues);
  return result.account;
}

/** From the prompt or stdin, checked. @throws CliError, ManageError invalid_account */
export async function readApiKey(cli: Cli): Promise<string> {
  const apiKey = cli.isInteractive
    ? await askSecret(cli, 'API key of OpenAlgo (it does not show): ')
    : await readPiped(cli.stdin, longestKey * 2);
  const issues = checkKey(apiKey.trim());
  if (issues.length > 0) throw saveError('invalid_account', issues);
  return apiKey.trim();
}

async function askTradesElsewhere(cli: Cli): Promise<boolean> {
  if (!cli.isInteractive) return true;
  const answer = await ask(
    cli,
    'Is this broker account also traded by hand or by another program? [Y/n] ',
  );
  return !/^no?$/i.test(answer);
}
