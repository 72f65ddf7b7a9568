import { userRoles } from '@orderlane/domain/user-role';
import type { Command } from 'commander';
import { addNewUser, changeOldUser, makeLink } from '../commands/change-users.ts';
import { showUsers } from '../commands/show-users.ts';
import { choice, examples, withJson } from '../options.ts';
import type { Run } from '../run.ts';

type Role = (typeof userRoles)[number];

interface UserOptions {
  json?: boolean;
  name?: string;
  role?: Role;
  tenant?: string;
  disable?: boolean;
  enable?: boolean;
  endTwoFactor?: boolean;
}

/** `user list|add|change|link` */
export function addUserCommands(program: Command, run: Run): void {
  const group = program.command('user').description('who signs in to the console');
  withJson(group.command('list'))
    .description('show every user')
    .action(async (options: UserOptions) => await run(options, showUsers));
  withJson(group.command('add <email>'))
    .description('add a user; the answer is a link by which that person chooses a password')
    .option('--name <text>', 'how people call the user')
    .addOption(choice('--role <role>', 'what the user may do', userRoles).default('trader'))
    .option('--tenant <user>', 'whose accounts and strategies it works with (its own)')
    .addHelpText('after', examples('user add ravi@example.com --role viewer --tenant owner'))
    .action(async (email: string, { name, role = 'trader', tenant, ...options }: UserOptions) => {
      await run(options, async (cli) => await addNewUser(cli, { email, name, role, tenant }));
    });
  withJson(group.command('change <user>'))
    .description('change what a user may do; disabled: signed out everywhere, API keys void')
    .addOption(choice('--role <role>', 'what the user may do', userRoles))
    .option('--tenant <user>', 'whose accounts and strategies it works with')
    .option('--disable', 'let the user in no more')
    .option('--enable', 'let the user in again')
    .action(async (user: string, { role, tenant, disable, enable, ...options }: UserOptions) => {
      const asked = { user, role, tenant, disable, enable };
      await run(options, async (cli) => await changeOldUser(cli, asked));
    });
  withJson(group.command('link <user>'))
    .description('make a link that sets a new password, for who forgot it')
    .option('--end-two-factor', 'also take away a second factor that is lost')
    .addHelpText('after', examples('user link owner@example.com'))
    .action(async (user: string, { endTwoFactor = false, ...options }: UserOptions) => {
      const asked = { user, endsTwoFactor: endTwoFactor };
      await run(options, async (cli) => await makeLink(cli, asked));
    });
}
