import type { AuditFilter } from '@orderlane/db/audit-chain';
import { type ExportFormat, exportFormats } from '@orderlane/manage/export-audit';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { printExport, writeExport } from '../commands/export-audit.ts';
import { listAudit } from '../commands/list-audit.ts';
import { pruneAudit } from '../commands/prune-audit.ts';
import { verify } from '../commands/verify-audit.ts';
import { choice, examples, parseCount, parseDayEnd, parseDayStart, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface FilterOptions {
  json?: boolean;
  since?: Date;
  until?: Date;
  who?: string;
  what?: string;
  subject?: string;
}

interface ExportOptions extends FilterOptions {
  orders?: boolean;
  format?: ExportFormat;
  output?: string;
}

/** `audit list|verify|export|prune` */
export function addAuditCommands(program: Command, { cli, run }: { cli: Cli; run: Run }): void {
  const group = program
    .command('audit')
    .description('what people changed, and what became of orders, sealed against changes');
  withFilter(group.command('list'))
    .description('show the newest changes: who, what, before and after')
    .option('--limit <number>', 'how many', parseCount, 20)
    .addHelpText('after', examples('audit list --who cli:asha --since 2026-11-01'))
    .action(async ({ limit, ...options }: FilterOptions & { limit: number }) => {
      const asked = { filter: filterOf(options), limit };
      await run(options, async () => await listAudit(cli, asked));
    });
  addVerify(group, run);
  addExport(group, { cli, run });
  addPrune(group, run);
}

function addVerify(group: Command, run: Run): void {
  withJson(group.command('verify'))
    .description('look whether a row was changed, removed, put in or moved after it was written')
    .option('--against <file>', 'what "audit verify --json" wrote earlier, kept elsewhere')
    .addHelpText(
      'after',
      examples(
        'audit verify --json > verified-2026-11-22.json',
        'audit verify --against verified-2026-11-22.json',
      ),
    )
    .action(async ({ against, ...options }: { json?: boolean; against?: string }) => {
      await run(options, async (cli) => await verify(cli, { against }));
    });
}

function addExport(group: Command, { cli, run }: { cli: Cli; run: Run }): void {
  withFilter(group.command('export'))
    .description('write it out, oldest first: CSV, or with --json one JSON document a line')
    .addOption(
      new Option('--orders', 'the moves of orders instead of what people changed').conflicts([
        'who',
        'what',
        'subject',
      ]),
    )
    .addOption(choice('--format <format>', 'how', exportFormats))
    .option('--output <file>', 'to a new file instead of stdout')
    .addHelpText(
      'after',
      examples(
        'audit export --since 2026-04-01 --until 2027-03-31 --output audit.csv',
        'audit export --orders --format jsonl | gzip > orders.jsonl.gz',
      ),
    )
    .action(async (options: ExportOptions) => {
      const { orders = false, output: file, json } = options;
      const format = options.format ?? (json ? 'jsonl' : 'csv');
      const asked = { orders, format, filter: filterOf(options) };
      if (file === undefined) await printExport(cli, asked);
      else await run(options, async () => await writeExport(cli, { ...asked, file }));
    });
}

function addPrune(group: Command, run: Run): void {
  withJson(group.command('prune'))
    .description('delete what is older than it has to be kept; what stays can still be verified')
    .requiredOption('--before <day>', 'all that is older than this day of India', parseDayStart)
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('audit prune --before 2021-04-01'))
    .action(async (options: { json?: boolean; before: Date; yes?: boolean }) => {
      const { before, yes: isConfirmed = false } = options;
      await run(options, async (cli) => await pruneAudit(cli, { before, isConfirmed }));
    });
}

function withFilter(command: Command): Command {
  return withJson(command)
    .option('--since <day>', 'from this day of India, or instant, on', parseDayStart)
    .option('--until <day>', 'to the end of this day, or to this instant', parseDayEnd)
    .option('--who <who>', 'by this person only, such as cli:asha')
    .option('--what <what>', 'of this kind only, such as account.pause')
    .option('--subject <subject>', 'about this only, such as "account 3"');
}

function filterOf({ since, until, who, what, subject }: FilterOptions): AuditFilter {
  return {
    ...(since && { from: since }),
    ...(until && { to: until }),
    ...(who !== undefined && { who }),
    ...(what !== undefined && { what }),
    ...(subject !== undefined && { subject }),
  };
}
