import type { Command } from 'commander';
import { importOpenAlgo } from '../commands/import-openalgo.ts';
import { examples, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface ImportOptions {
  json?: boolean;
  account?: string;
  scans?: string;
  apply?: boolean;
}

/** `import openalgo` */
export function addImportCommands(program: Command, run: Run): void {
  const group = program.command('import').description('move in from elsewhere');
  withJson(group.command('openalgo <file>'))
    .description("take over an OpenAlgo's strategies with their webhooks; says what it would do")
    .option('--apply', 'do it: what is made is inactive')
    .option('--account <account>', 'which they trade on; not needed where there is one only')
    .option('--scans <file>', 'names of ChartInk scans, one a line: tells whose meaning changes')
    .addHelpText(
      'after',
      examples(
        'import openalgo path/to/openalgo/db/openalgo.db',
        'import openalgo path/to/openalgo/db/openalgo.db --account main --scans scans.txt --apply',
      ),
    )
    .action(async (file: string, { apply = false, account, scans, json }: ImportOptions) => {
      const asked = { file, account, scans, apply };
      await run(json ? { json } : {}, async (cli) => await importOpenAlgo(cli, asked));
    });
}
