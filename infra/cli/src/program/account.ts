import type { Command } from 'commander';
import { addNewAccount } from '../commands/add-account.ts';
import { pause, resume, turnTradingOn } from '../commands/change-account.ts';
import { removeAccount } from '../commands/remove-account.ts';
import { setKey } from '../commands/set-key.ts';
import { showAccounts } from '../commands/show-accounts.ts';
import { choiceOf, type HeldOptions, withHeldChoice } from '../held-options.ts';
import { examples, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface AddOptions {
  json?: boolean;
  url?: string;
  tradesElsewhere?: boolean;
}

interface ChangeOptions {
  json?: boolean;
  reason?: string;
  confirm?: string;
}

/** `account add|set-key|list|pause|resume|trading-on|delete` */
export function addAccountCommands(program: Command, run: Run): void {
  const group = program.command('account').description('the OpenAlgo instances that orders go to');
  withJson(group.command('add <name>'))
    .description('add an OpenAlgo; its API key comes from a prompt or from stdin')
    .option('--url <address>', 'where it is, such as http://127.0.0.1:5000 (HOST_SERVER)')
    .option('--trades-elsewhere', 'its broker account is also traded by other means (assumed)')
    .option('--no-trades-elsewhere', 'nothing else trades its broker account')
    .action(async (name: string, { url: baseUrl, tradesElsewhere, ...options }: AddOptions) => {
      const asked = { name, baseUrl, tradesElsewhere };
      await run(options, async (cli) => await addNewAccount(cli, asked));
    });
  withJson(group.command('set-key <account>'))
    .description('give an account another API key; it comes from a prompt or from stdin')
    .addHelpText('after', examples('account set-key main < key.txt'))
    .action(async (account: string, options: ChangeOptions) => {
      await run(options, async (cli) => await setKey(cli, { account }));
    });
  withJson(group.command('list'))
    .description('show every account')
    .action(async (options: ChangeOptions) => await run(options, showAccounts));
  withJson(group.command('pause <account>'))
    .description('send nothing more, exits included')
    .option('--reason <text>', 'why, for those who wonder')
    .action(async (account: string, { reason, ...options }: ChangeOptions) => {
      await run(options, async (cli) => await pause(cli, { account, reason }));
    });
  withJson(group.command('resume <account>'))
    .description('end a pause')
    .action(async (account: string, options: ChangeOptions) => {
      await run(options, async (cli) => await resume(cli, { account }));
    });
  withJson(group.command('trading-on <account>'))
    .description('say, once, that a live account may trade with real money')
    .option('--confirm <sentence>', 'the sentence, where nobody can type it')
    .action(async (account: string, { confirm, ...options }: ChangeOptions) => {
      await run(options, async (cli) => await turnTradingOn(cli, { account, confirm }));
    });
  withHeldChoice(withJson(group.command('delete <account>')))
    .description('delete one that no strategy trades on, when nothing is held there any more')
    .action(async (account: string, options: HeldOptions & { json?: boolean }) => {
      const asked = { account, choice: choiceOf(options) };
      await run(options, async (cli) => await removeAccount(cli, asked));
    });
}
