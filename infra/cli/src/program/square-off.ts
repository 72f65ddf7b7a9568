import type { Command } from 'commander';
import { previewSquareOffs } from '../commands/preview-square-offs.ts';
import { showClosings, showSquareOffs } from '../commands/show-closings.ts';
import { examples, parseCount, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface ListOptions {
  json?: boolean;
  strategy?: string;
  limit: number;
}

/** `square-off preview`, `square-offs` and `closings` */
export function addSquareOffCommands(program: Command, run: Run): void {
  const group = program.command('square-off').description('how intraday strategies end their day');
  withJson(group.command('preview [strategy]'))
    .description('show what would be squared off, when, by which rule, and what stands in the way')
    .addHelpText('after', examples('square-off preview scans', 'square-off preview --json'))
    .action(async (strategy: string | undefined, options: { json?: boolean }) => {
      await run(options, async (cli) => await previewSquareOffs(cli, { strategy }));
    });
  withJson(program.command('square-offs'))
    .description('show square-offs, those under way first: how they ended and who was told')
    .option('--strategy <strategy>', 'of one strategy')
    .option('--limit <number>', 'how many', parseCount, 20)
    .action(async ({ strategy, limit, ...options }: ListOptions) => {
      await run(options, async (cli) => await showSquareOffs(cli, { strategy, limit }));
    });
  withJson(program.command('closings'))
    .description('show what is being closed, and how it ended: tries, reasons, who was told')
    .option('--strategy <strategy>', 'of one strategy')
    .option('--limit <number>', 'how many', parseCount, 20)
    .action(async ({ strategy, limit, ...options }: ListOptions) => {
      await run(options, async (cli) => await showClosings(cli, { strategy, limit }));
    });
}
