import { Command } from 'commander';
import type { Cli } from './cli.ts';
import { migrateDatabase } from './commands/migrate-database.ts';
import { withJson } from './options.ts';
import { addAccountCommands } from './program/account.ts';
import { addAuditCommands } from './program/audit.ts';
import { addBrakeCommands } from './program/brake.ts';
import { addCalendarCommands } from './program/calendar.ts';
import { addHistoryCommands } from './program/history.ts';
import { addImportCommands } from './program/import.ts';
import { addKeyCommands } from './program/keys.ts';
import { addMappingCommands } from './program/mapping.ts';
import { addPositionCommands } from './program/position.ts';
import { addRestoreCommands } from './program/restore.ts';
import { addSquareOffCommands } from './program/square-off.ts';
import { addStrategyCommands } from './program/strategy.ts';
import { addUserCommands } from './program/user.ts';
import type { Run } from './run.ts';
import { say } from './say.ts';

/** The whole command line. */
export function createProgram(cli: Cli): Command {
  const run: Run = async (options, command) => {
    const answer = await command(cli);
    await say(cli, answer, options.json === true);
    if (answer.failure !== undefined) throw answer.failure;
  };
  const program = new Command('orderlane')
    .description('Orderlane: a durable gateway between trading signals and OpenAlgo')
    // What stands behind a command's name is that command's own: `orders` and `orders settle` have --json.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void cli.stdout.write(text),
      // Errors are said once, as one line, by whoever catches them.
      writeErr: () => undefined,
    })
    .showHelpAfterError(false);
  withJson(
    program.command('migrate').description('bring the database to the newest schema'),
  ).action(async (options: { json?: boolean }) => await run(options, migrateDatabase));
  withJson(
    program
      .command('doctor')
      .description('look for what is wrong, each with its cure; ends with 1 where something is'),
  ).action(async (options: { json?: boolean }) => {
    // It needs what every service needs: other commands start without that.
    const { doctor } = await import('./commands/doctor.ts');
    await run(options, doctor);
  });
  addAccountCommands(program, run);
  addStrategyCommands(program, run);
  addMappingCommands(program, run);
  addHistoryCommands(program, run);
  addBrakeCommands(program, run);
  addRestoreCommands(program, run);
  addKeyCommands(program, run);
  addUserCommands(program, run);
  addImportCommands(program, run);
  addAuditCommands(program, { cli, run });
  addPositionCommands(program, run);
  addSquareOffCommands(program, run);
  addCalendarCommands(program, run);
  return program;
}
