import { ask } from './ask.ts';
import type { Cli } from './cli.ts';
import { CliError } from './cli-error.ts';

/**
 * A sentence that is typed before something that reaches far.
 * @throws CliError confirmation_differs, confirmation_missing
 */
export async function confirm(cli: Cli, sentence: string, why: string): Promise<void> {
  if (!cli.isInteractive) {
    throw new CliError('confirmation_missing', `${why} Nothing was done: say it with --yes`);
  }
  cli.stderr.write(`${why}\n`);
  const typed = await ask(cli, `Type this: ${sentence}\n> `);
  if (typed.toLowerCase() === sentence) return;
  throw new CliError('confirmation_differs', `Nothing was done: "${sentence}" was not typed`);
}
