import type { Command } from 'commander';
import { listKeys } from '../commands/list-keys.ts';
import { renewSignInSecret } from '../commands/renew-sign-in.ts';
import { rotateSecretKey } from '../commands/rotate-keys.ts';
import { examples, withJson } from '../options.ts';
import type { Run } from '../run.ts';

/** `keys list|rotate|renew-sign-in` */
export function addKeyCommands(program: Command, run: Run): void {
  const group = program
    .command('keys')
    .description(
      'the secret key under which the API keys of the accounts, and other secrets, are sealed',
    );
  withJson(group.command('list'))
    .description('show under which secret key each is sealed, and whether it opens')
    .action(async (options: { json?: boolean }) => await run(options, listKeys));
  withJson(group.command('rotate'))
    .description('seal every secret anew, under a new secret key')
    .addHelpText(
      'after',
      [
        '',
        'The keys come from ORDERLANE_SECRET_KEY (the new one) and ORDERLANE_SECRET_KEY_OLD (the one',
        'until now), or from the prompt or stdin, the one until now first. Restart the services with',
        'both before: they go on trading all the while. docs/secret-key.md has the steps.',
        examples('keys rotate', 'keys rotate < both-keys.txt'),
      ].join('\n'),
    )
    .action(async (options: { json?: boolean }) => await run(options, rotateSecretKey));
  withJson(group.command('renew-sign-in'))
    .description(
      'only after the secret key was lost: let the console start, with everybody signed out',
    )
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('keys renew-sign-in'))
    .action(async ({ yes: isConfirmed = false, ...options }: { json?: boolean; yes?: boolean }) => {
      await run(options, async (cli) => await renewSignInSecret(cli, { isConfirmed }));
    });
}
