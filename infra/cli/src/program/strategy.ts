import {
  type Activity,
  type ChartinkAction,
  chartinkActions,
  type Platform,
  type PositionScope,
  platforms,
  positionScopes,
  type TradingMode,
  tradingModes,
} from '@orderlane/domain/strategy';
import { type Command, Option } from 'commander';
import { remove, toggle } from '../commands/change-strategy.ts';
import { type AskedStrategy, createStrategy } from '../commands/create-strategy.ts';
import { showStrategies, showStrategy } from '../commands/show-strategies.ts';
import { choiceOf, type HeldOptions, withHeldChoice } from '../held-options.ts';
import {
  choice,
  parseCount,
  parseDurationMs,
  parseList,
  parseTime,
  parseWeekdays,
  withJson,
} from '../options.ts';
import type { Run } from '../run.ts';
import { addStrategyEdit } from './edit-strategy.ts';

interface CreateOptions {
  json?: boolean;
  account?: string;
  platform: Platform;
  mode?: TradingMode;
  intraday?: boolean;
  start?: string;
  end?: string;
  squareoff?: string;
  positionScope?: PositionScope;
  chartinkAction?: ChartinkAction;
  duplicateWindow: number;
  entryMaxAge?: number;
  maxQuantity?: number;
  maxEntries?: number;
  maxOrdersPerDay: number;
  tradingDays?: number[];
  onceADay?: boolean;
  allowedSources?: string[];
}

interface ChangeOptions extends HeldOptions {
  json?: boolean;
}

interface ToggleOptions {
  json?: boolean;
  on?: boolean;
  off?: boolean;
  exitsOnly?: boolean;
  closeNow?: boolean;
}

/** `strategy create|list|show|edit|toggle|delete` */
export function addStrategyCommands(program: Command, run: Run): void {
  const group = program.command('strategy').description('what signals are checked against');
  addCreate(group, run);
  withJson(group.command('list'))
    .description('show every strategy')
    .action(async (options: ChangeOptions) => await run(options, showStrategies));
  withJson(group.command('show <strategy>'))
    .description('show one with its webhook address, alert message and mappings')
    .action(async (strategy: string, options: ChangeOptions) => {
      await run(options, async (cli) => await showStrategy(cli, { strategy }));
    });
  addStrategyEdit(group, run);
  addToggle(group, run);
  withHeldChoice(withJson(group.command('delete <strategy>')))
    .description('delete one, when it is flat; its signals and orders stay')
    .action(async (strategy: string, options: ChangeOptions) => {
      const asked = { strategy, choice: choiceOf(options) };
      await run(options, async (cli) => await remove(cli, asked));
    });
}

function addToggle(group: Command, run: Run): void {
  const offOptions = ['off', 'exitsOnly', 'closeNow'];
  withJson(group.command('toggle <strategy>'))
    .description('turn one on or off; what it holds has to be said a word about')
    .addOption(new Option('--on', 'on, whatever it is').conflicts(offOptions))
    .addOption(new Option('--exits-only', 'no entries any more; exits pass').conflicts(['off']))
    .option('--off', 'off: exits are refused too, and what it holds stays open')
    .option('--close-now', 'off (or --exits-only), and what it holds is closed now')
    .action(async (strategy: string, options: ToggleOptions) => {
      const closesNow = options.closeNow ?? false;
      const asked = { strategy, to: activityOf(options), closesNow };
      await run(options, async (cli) => await toggle(cli, asked));
    });
}

function activityOf({ on, off, exitsOnly, closeNow }: ToggleOptions): Activity | undefined {
  if (on === true) return 'on';
  if (exitsOnly === true) return 'exits_only';
  return off === true || closeNow === true ? 'off' : undefined;
}

function addCreate(group: Command, run: Run): void {
  withJson(group.command('create <name>'))
    .description('make one, and show its webhook address')
    .option('--account <account>', 'which to trade on; not needed where there is one only')
    .addOption(
      choice('--platform <platform>', 'who sends its signals', platforms).default('tradingview'),
    )
    .addOption(choice('--mode <mode>', 'what it trades (not for chartink)', tradingModes))
    .option('--intraday', 'with the three times below; without it positional')
    .option('--start <time>', 'first entry, HH:MM of India', parseTime)
    .option('--end <time>', 'last entry', parseTime)
    .option('--squareoff <time>', 'when it is closed', parseTime)
    .addOption(choice('--position-scope <scope>', 'whose position its exits close', positionScopes))
    .addOption(choice('--chartink-action <action>', 'what every scan means', chartinkActions))
    .addOption(
      new Option('--duplicate-window <duration>', 'the same again in this time is one; 0: never')
        .argParser(parseDurationMs)
        .default(30_000, '30 seconds'),
    )
    .option('--entry-max-age <duration>', 'void when not sent by then', parseDurationMs)
    .option('--max-quantity <number>', 'of one order', parseCount)
    .option('--max-entries <number>', 'per symbol while one is held', parseCount)
    .option('--max-orders-per-day <number>', 'entries', parseCount, 200)
    .option('--trading-days <days>', 'on which entries are taken: Mon,Tue,…', parseWeekdays)
    .option('--once-a-day', 'one entry for each symbol and day')
    .option('--allowed-sources <addresses>', 'who may call: tradingview, 10.0.0.0/8, …', parseList)
    .action(async (name: string, { json, ...options }: CreateOptions) => {
      const asked = toAskedStrategy(name, options);
      await run(json ? { json } : {}, async (cli) => await createStrategy(cli, asked));
    });
}

function toAskedStrategy(name: string, options: Omit<CreateOptions, 'json'>): AskedStrategy {
  return {
    account: options.account,
    positionScope: options.positionScope,
    settings: {
      name: name.trim(),
      platform: options.platform,
      tradingMode: options.mode ?? null,
      isIntraday: options.intraday ?? false,
      startTime: options.start ?? null,
      endTime: options.end ?? null,
      squareoffTime: options.squareoff ?? null,
      chartinkAction: options.chartinkAction ?? null,
      duplicateWindowMs: options.duplicateWindow,
      ...toLimits(options),
      sharedSecretHash: null,
    },
  };
}

function toLimits(options: CreateOptions) {
  return {
    entryMaxAgeMs: options.entryMaxAge ?? null,
    maxQuantity: options.maxQuantity ?? null,
    maxEntries: options.maxEntries ?? null,
    maxOrdersPerDay: options.maxOrdersPerDay,
    tradingDays: options.tradingDays ?? null,
    onceADay: options.onceADay ?? false,
    allowedSources: options.allowedSources ?? null,
  };
}
