import type { Command } from 'commander';
import { markRestored, releaseRestore } from '../commands/release-restore.ts';
import { showRestore } from '../commands/show-restore.ts';
import { withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface RestoreOptions {
  json?: boolean;
  yes?: boolean;
}

/** `restore`, `restore mark` and `restore release` */
export function addRestoreCommands(program: Command, run: Run): void {
  const group = withJson(program.command('restore'))
    .description('show whether the database was restored, and what to compare with the broker')
    .action(async (options: RestoreOptions) => await run(options, showRestore));
  withJson(group.command('mark'))
    .description('halt a database whose files were put back: before any process is started')
    .option('--yes', 'do not ask')
    .action(async (options: RestoreOptions) => {
      const isConfirmed = options.yes ?? false;
      await run(options, async (cli) => await markRestored(cli, { isConfirmed }));
    });
  withJson(group.command('release'))
    .description('let a restored database trade again; asks for a typed word')
    .option('--yes', 'do not ask')
    .action(async (options: RestoreOptions) => {
      const isConfirmed = options.yes ?? false;
      await run(options, async (cli) => await releaseRestore(cli, { isConfirmed }));
    });
}
