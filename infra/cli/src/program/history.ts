import { type OrderStatus, orderStatuses } from '@orderlane/domain/order';
import type { Command } from 'commander';
import { settleOrder } from '../commands/settle-order.ts';
import { showOrders } from '../commands/show-orders.ts';
import { showSignals } from '../commands/show-signals.ts';
import { choice, parseCount, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface HistoryOptions {
  json?: boolean;
  strategy?: string;
  limit: number;
}

interface SettleOptions {
  json?: boolean;
  placed?: string;
  notPlaced?: boolean;
}

/** `signals` and `orders` */
export function addHistoryCommands(program: Command, run: Run): void {
  withJson(program.command('signals'))
    .description('show the newest signals, refused ones too')
    .option('--strategy <strategy>', 'of one strategy')
    .option('--limit <number>', 'how many', parseCount, 20)
    .action(async ({ strategy, limit, ...options }: HistoryOptions) => {
      await run(options, async (cli) => await showSignals(cli, { strategy, limit }));
    });
  const orders = withJson(program.command('orders'))
    .enablePositionalOptions()
    .description('show the newest orders and what became of them')
    .option('--strategy <strategy>', 'of one strategy')
    .addOption(choice('--status <status>', 'in one status', orderStatuses))
    .option('--limit <number>', 'how many', parseCount, 20)
    .action(
      async ({
        strategy,
        limit,
        status,
        ...options
      }: HistoryOptions & { status?: OrderStatus }) => {
        await run(options, async (cli) => await showOrders(cli, { strategy, limit, status }));
      },
    );
  withJson(orders.command('settle <order>'))
    .description('say what became of an order that may or may not have been placed')
    .option('--placed <number>', 'it was placed, and this is its number at the broker')
    .option('--not-placed', 'it was not placed')
    .action(async (order: string, { placed, notPlaced, ...options }: SettleOptions) => {
      await run(options, async (cli) => {
        return await settleOrder(cli, { order, placed, notPlaced: notPlaced ?? false });
      });
    });
}
