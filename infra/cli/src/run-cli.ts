import { CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { CliError } from './cli-error.ts';
import { createProgram } from './program.ts';
import { sayError } from './say.ts';

/** 1: it could not be done; 2: it was asked in the wrong way. */
export type ExitCode = 0 | 1 | 2;

/** Runs the command line that `args` is. Never throws. */
export async function runCli(cli: Cli, args: readonly string[]): Promise<ExitCode> {
  const asJson = args.includes('--json');
  try {
    await createProgram(cli).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      sayError(cli, error, asJson);
      return 1;
    }
    if (error.exitCode === 0) return 0;
    sayError(cli, usageError(error), asJson);
    return 2;
  }
}

function usageError(error: CommanderError): CliError {
  // Without a command commander shows its help, as an error without words of its own.
  const message = error.message === '(outputHelp)' ? 'no command given' : error.message;
  return new CliError('usage', `${message.replace(/^error: /, '')} (see --help)`);
}
