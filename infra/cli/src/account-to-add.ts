import { parseBaseUrl } from '@orderlane/openalgo/base-url';
import { ask, askSecret, readPiped } from './ask.ts';
import type { Cli } from './cli.ts';
import { CliError, causedError } from './cli-error.ts';

/** What the command line says of a new account. */
export interface AskedAccount {
  name: string;
  baseUrl: string | undefined;
  /** Undefined: ask, or assume yes. */
  tradesElsewhere: boolean | undefined;
}

/** All that is known of a new account before its OpenAlgo is asked. */
export interface AccountToAdd {
  name: string;
  baseUrl: string;
  apiKey: string;
  tradesElsewhere: boolean;
}

const validName = /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9 _.-]{0,49}$/;
/** OpenAlgo takes no longer one. */
const longestKey = 256;

/** Checks what was said and asks for the rest; the key never comes as an argument. @throws CliError */
export async function readAccountToAdd(cli: Cli, asked: AskedAccount): Promise<AccountToAdd> {
  return {
    name: parseName(asked.name),
    baseUrl: chooseBaseUrl(asked.baseUrl),
    apiKey: await readApiKey(cli),
    tradesElsewhere: asked.tradesElsewhere ?? (await askTradesElsewhere(cli)),
  };
}

function parseName(text: string): string {
  const name = text.trim();
  if (validName.test(name)) return name;
  throw new CliError(
    'bad_account_name',
    'An account name has 1 to 50 letters, digits, spaces, hyphens, dots and underscores, not digits alone',
  );
}

function chooseBaseUrl(text: string | undefined): string {
  if (text === undefined) {
    throw new CliError('no_base_url', 'Say where OpenAlgo is: --url, or HOST_SERVER');
  }
  try {
    return parseBaseUrl(text);
  } catch (error) {
    throw causedError(error, 'bad_base_url', error instanceof Error ? error.message : 'no address');
  }
}

async function readApiKey(cli: Cli): Promise<string> {
  const apiKey = cli.isInteractive
    ? await askSecret(cli, 'API key of OpenAlgo (it does not show): ')
    : (await readPiped(cli.stdin, longestKey * 2)).trim();
  if (apiKey === '')
    throw new CliError('missing_key', 'Give the API key by stdin or at the prompt');
  if (apiKey.length > longestKey) throw new CliError('bad_key', 'That is too long for an API key');
  return apiKey;
}

async function askTradesElsewhere(cli: Cli): Promise<boolean> {
  if (!cli.isInteractive) return true;
  const answer = await ask(
    cli,
    'Is this broker account also traded by hand or by another program? [Y/n] ',
  );
  return !/^no?$/i.test(answer);
}
