import type { Command } from 'commander';
import { addToCalendar, removeFromCalendar } from '../commands/change-calendar.ts';
import { showCalendar } from '../commands/show-calendar.ts';
import { withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface Options {
  json?: boolean;
}

/** `calendar add|list|remove` */
export function addCalendarCommands(program: Command, run: Run): void {
  const group = program
    .command('calendar')
    .description('days on which exchanges are closed, or open at hours of their own');
  withJson(group.command('add <date> <exchanges> <hours>'))
    .description('enter a day: 2027-02-01 NSE,NFO 09:15-15:30, or closed in place of the hours')
    .option('--note <text>', 'what the day is')
    .action(
      async (
        ...[date, exchanges, hours, options]: [string, string, string, Options & { note?: string }]
      ) => {
        const { note = null } = options;
        const draft = { date, exchanges, hours, note };
        await run(options, async (cli) => await addToCalendar(cli, draft));
      },
    );
  withJson(group.command('list'))
    .description('show them as they count, from today on')
    .option('--year <year>', 'those of one year')
    .option('--own', 'only those that people entered')
    .action(async (options: Options & { year?: string; own?: boolean }) => {
      const { year, own = false } = options;
      await run(options, async (cli) => await showCalendar(cli, { year, isOwn: own }));
    });
  withJson(group.command('remove <date> [exchanges]'))
    .description('take an entry away again')
    .action(async (date: string, exchanges: string | undefined, options: Options) => {
      await run(options, async (cli) => await removeFromCalendar(cli, { date, exchanges }));
    });
}
