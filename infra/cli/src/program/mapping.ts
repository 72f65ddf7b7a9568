import { parseWholeNumber } from '@orderlane/domain/whole-number';
import type { Command } from 'commander';
import { addMapping, removeMapping, showMappings } from '../commands/change-mappings.ts';
import { importMappings } from '../commands/import-mappings.ts';
import { parseCount, withJson } from '../options.ts';
import type { Run } from '../run.ts';

interface AddOptions {
  json?: boolean;
  symbol?: string;
  exchange: string;
  product: string;
  quantity?: string;
  multiplier?: number;
}

interface ChangeOptions {
  json?: boolean;
  forget?: boolean;
}

/** `mapping add|import|list|delete` */
export function addMappingCommands(program: Command, run: Run): void {
  const group = program
    .command('mapping')
    .description('what a strategy trades when a signal names a symbol');
  addAdd(group, run);
  withJson(group.command('import <strategy> <file>'))
    .description('add those of a CSV file, - for stdin: symbol,exchange,quantity,product')
    .action(async (strategy: string, file: string, options: ChangeOptions) => {
      await run(options, async (cli) => await importMappings(cli, { strategy, file }));
    });
  withJson(group.command('list <strategy>'))
    .description('show those of a strategy')
    .action(async (strategy: string, options: ChangeOptions) => {
      await run(options, async (cli) => await showMappings(cli, { strategy }));
    });
  withJson(group.command('delete <strategy> <mapping>'))
    .description('delete one, by its signal symbol or its number')
    .option('--forget', 'also when it is held: closing that is then up to you')
    .action(async (strategy: string, mapping: string, options: ChangeOptions) => {
      const { forget = false } = options;
      await run(options, async (cli) => await removeMapping(cli, { strategy, mapping, forget }));
    });
}

function addAdd(group: Command, run: Run): void {
  withJson(group.command('add <strategy> <signal-symbol>'))
    .description('map one symbol; "*" catches every other')
    .option('--symbol <symbol>', "OpenAlgo's name of it, where it differs")
    .requiredOption('--exchange <exchange>', 'NSE, BSE, NFO, BFO, CDS, BCD, MCX, NCDEX or NCO')
    .requiredOption('--product <product>', 'MIS, CNC or NRML')
    .option('--quantity <number>', "shares or units; without it the signal's own")
    .option('--multiplier <number>', "units for one of the sender's: its contracts", parseCount)
    .action(async (strategy: string, signalSymbol: string, { json, ...options }: AddOptions) => {
      const { quantity, symbol = signalSymbol, exchange, product, multiplier } = options;
      const draft = {
        signalSymbol,
        symbol,
        exchange,
        product,
        quantity: quantity === undefined ? null : (parseWholeNumber(quantity) ?? Number.NaN),
        multiplier: multiplier ?? null,
      };
      await run(json ? { json } : {}, async (cli) => await addMapping(cli, { strategy, draft }));
    });
}
