import { parseConfig } from '@orderlane/runtime/config';
import { optionalSecretKey } from '@orderlane/runtime/config-fields';
import type { SecretKeys } from '@orderlane/runtime/secret-box';
import { z } from 'zod';
import { askSecret, readPiped } from './ask.ts';
import type { Cli } from './cli.ts';
import { CliError } from './cli-error.ts';

const schema = z.object({
  ORDERLANE_SECRET_KEY: optionalSecretKey(),
  ORDERLANE_SECRET_KEY_OLD: optionalSecretKey(),
});

/** The secret key of the environment where it has no old one besides. @throws ConfigError */
export function findOnlySecretKey({ environment }: Pick<Cli, 'environment'>): string | undefined {
  const set = parseConfig(schema, environment);
  return set.ORDERLANE_SECRET_KEY_OLD === undefined ? set.ORDERLANE_SECRET_KEY : undefined;
}

const shortest = 32;
const longest = 1000;

/**
 * The new secret key and the one before: from the environment, and what is missing there from the
 * prompt, or line by line from stdin, the old one first. Never from an argument, which others see.
 * @throws CliError bad_secret_key; ConfigError
 */
export async function readSecretKeys(cli: Cli): Promise<Required<SecretKeys>> {
  const set = parseConfig(schema, cli.environment);
  const read = createReader(cli);
  const old =
    set.ORDERLANE_SECRET_KEY_OLD ?? (await read('Secret key until now (it does not show): '));
  const current = set.ORDERLANE_SECRET_KEY ?? (await read('New secret key (it does not show): '));
  if (old === current) {
    throw new CliError('bad_secret_key', 'The new secret key is the one until now');
  }
  return { ORDERLANE_SECRET_KEY: current, ORDERLANE_SECRET_KEY_OLD: old };
}

function createReader(cli: Cli): (question: string) => Promise<string> {
  let lines: string[] | undefined;
  return async (question) => {
    if (cli.isInteractive) return checked(await askSecret(cli, question));
    lines ??= (await readPiped(cli.stdin, 2 * longest)).split(/\r?\n/);
    return checked(lines.shift() ?? '');
  };
}

function checked(text: string): string {
  const key = text.trim();
  if (key.length >= shortest && key.length <= longest) return key;
  const problem = `A secret key has at least ${shortest} characters: set it in the environment, or give it at the prompt or by stdin, the one until now first`;
  throw new CliError('bad_secret_key', problem);
}
