import { parseWholeNumber } from '@orderlane/domain/whole-number';
import type { Command } from 'commander';
import {
  addMapping,
  editMapping,
  removeMapping,
  showMappings,
} from '../commands/change-mappings.ts';
import { importMappings } from '../commands/import-mappings.ts';
import { choiceOf, type HeldOptions, withHeldChoice } from '../held-options.ts';
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

interface ChangeOptions extends HeldOptions {
  json?: boolean;
}

interface EditOptions extends ChangeOptions {
  signalSymbol?: string;
  symbol?: string;
  exchange?: string;
  product?: string;
  quantity?: string;
}

/** `mapping add|import|list|edit|delete` */
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
  addEdit(group, run);
  withHeldChoice(withJson(group.command('delete <strategy> <mapping>')))
    .description('delete one, by its signal symbol or its number')
    .action(async (strategy: string, mapping: string, options: ChangeOptions) => {
      const choice = choiceOf(options);
      await run(options, async (cli) => await removeMapping(cli, { strategy, mapping, choice }));
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

function addEdit(group: Command, run: Run): void {
  withHeldChoice(withJson(group.command('edit <strategy> <mapping>')))
    .description('change one, by its signal symbol or its number')
    .option('--signal-symbol <symbol>', 'as the sender writes it')
    .option('--symbol <symbol>', "OpenAlgo's name of it")
    .option('--exchange <exchange>', 'NSE, BSE, NFO, BFO, CDS, BCD, MCX, NCDEX or NCO')
    .option('--product <product>', 'MIS, CNC or NRML')
    .option('--quantity <number>', "shares or units; 0: the signal's own")
    .action(async (strategy: string, mapping: string, options: EditOptions) => {
      const asked = { strategy, mapping, changes: changesOf(options), choice: choiceOf(options) };
      await run(options, async (cli) => await editMapping(cli, asked));
    });
}

function changesOf({ signalSymbol, symbol, exchange, product, quantity }: EditOptions) {
  return {
    ...(signalSymbol !== undefined && { signalSymbol }),
    ...(symbol !== undefined && { symbol }),
    ...(exchange !== undefined && { exchange }),
    ...(product !== undefined && { product }),
    ...(quantity !== undefined && { quantity: quantityOf(quantity) }),
  };
}

function quantityOf(text: string): number | null {
  const quantity = parseWholeNumber(text) ?? Number.NaN;
  return quantity === 0 ? null : quantity;
}
