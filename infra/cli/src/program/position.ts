import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Command } from 'commander';
import { exitStrategy } from '../commands/exit-strategy.ts';
import { rebuildPositions, setPosition, showPositions } from '../commands/positions.ts';
import { choice, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface OfStrategy {
  json?: boolean;
  strategy?: string;
}

const modes = ['live', 'analyze'] as const satisfies readonly TradingModeSeen[];

/** `exit` and `positions` */
export function addPositionCommands(program: Command, run: Run): void {
  withJson(program.command('exit <strategy> [symbol]'))
    .description('close what a strategy holds, now, and see it to its end')
    .action(async (strategy: string, symbol: string | undefined, options: { json?: boolean }) => {
      await run(options, async (cli) => await exitStrategy(cli, { strategy, symbol }));
    });
  const positions = program.command('positions').description('what strategies own themselves');
  withJson(positions.command('list'))
    .description('show what is held and awaited')
    .option('--strategy <strategy>', 'of one strategy')
    .action(async ({ strategy, ...options }: OfStrategy) => {
      await run(options, async (cli) => await showPositions(cli, { strategy }));
    });
  withJson(positions.command('set <strategy> <instrument> <own>'))
    .description('say what a strategy owns, as in: positions set Demo NSE:SBIN:MIS 10')
    .addOption(choice('--mode <mode>', "instead of the account's present mode", modes))
    .allowUnknownOption()
    .action(
      async (
        ...[strategy, instrument, own, { mode, ...options }]: [
          string,
          string,
          string,
          { json?: boolean; mode?: TradingModeSeen },
        ]
      ) => {
        await run(
          options,
          async (cli) => await setPosition(cli, { strategy, instrument, own, mode }),
        );
      },
    );
  withJson(positions.command('rebuild'))
    .description("count positions from the orders' fills again")
    .option('--strategy <strategy>', 'of one strategy')
    .action(async ({ strategy, ...options }: OfStrategy) => {
      await run(options, async (cli) => await rebuildPositions(cli, { strategy }));
    });
}
