import type { KillSwitch } from '@orderlane/domain/brakes';
import { type Command, Option } from 'commander';
import type { AskedTarget } from '../brake-target.ts';
import { resumeTrading } from '../commands/resume-trading.ts';
import { showBrakes } from '../commands/show-brakes.ts';
import { stopTrading } from '../commands/stop-trading.ts';
import { withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface TargetOptions {
  json?: boolean;
  everything?: boolean;
  account?: string;
  strategy?: string;
  yes?: boolean;
}

interface StopOptions extends TargetOptions {
  halt?: boolean;
  flatten?: boolean;
  entriesOnly?: boolean;
  reason?: string;
}

/** `stop`, `resume` and `brakes` */
export function addBrakeCommands(program: Command, run: Run): void {
  addStop(program, run);
  withTarget(program.command('resume'))
    .description('let trade again what was stopped; what grew too old meanwhile expires')
    .option('--cancel-entries', 'entries that waited are cancelled, not sent')
    .action(async (options: TargetOptions & { cancelEntries?: boolean }, command: Command) => {
      const target = readTarget(options, command);
      const asked = {
        cancelsEntries: options.cancelEntries ?? false,
        isConfirmed: options.yes ?? false,
      };
      await run(options, async (cli) => await resumeTrading(cli, { target, ...asked }));
    });
  withJson(program.command('brakes'))
    .description('show what is stopped, since when, by whom and why')
    .action(async (options: { json?: boolean }) => await run(options, showBrakes));
}

function addStop(program: Command, run: Run): void {
  withTarget(program.command('stop'))
    .description('the kill switch: without a strength new entries stop and exits go on')
    .addOption(
      new Option('--entries-only', 'entries stop, exits go on').conflicts(['halt', 'flatten']),
    )
    .addOption(new Option('--halt', 'nothing is sent, exits included').conflicts(['flatten']))
    .option('--flatten', 'as --entries-only, and queued entries are cancelled at once')
    .option('--reason <text>', 'why, for those who wonder')
    .action(async (options: StopOptions, command: Command) => {
      const asked = {
        target: readTarget(options, command),
        strength: strengthOf(options),
        reason: options.reason,
        isConfirmed: options.yes ?? false,
      };
      await run(options, async (cli) => await stopTrading(cli, asked));
    });
}

function withTarget(command: Command): Command {
  return withJson(command)
    .option('--everything', 'every account and every strategy; asks for a typed word')
    .option('--account <account>', 'one account, by name or number')
    .option('--strategy <strategy>', 'one strategy, by name or number')
    .option('--yes', 'do not ask');
}

function strengthOf({ halt, flatten, entriesOnly }: StopOptions): KillSwitch | undefined {
  if (halt === true) return 'halt';
  if (flatten === true) return 'flatten';
  return entriesOnly === true ? 'stop_entries' : undefined;
}

/** Exactly one of the three: a slip must not stop, or release, more than was meant. */
function readTarget(options: TargetOptions, command: Command): AskedTarget {
  const { everything, account, strategy } = options;
  const targets: AskedTarget[] = [
    ...(everything === true ? [{ scope: 'everything' } as const] : []),
    ...(account === undefined ? [] : [{ scope: 'account', nameOrId: account } as const]),
    ...(strategy === undefined ? [] : [{ scope: 'strategy', nameOrId: strategy } as const]),
  ];
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  command.error('error: say one of --everything, --account or --strategy');
}
