import {
  type ChartinkAction,
  chartinkActions,
  type Platform,
  type PositionScope,
  platforms,
  positionScopes,
  type TradingMode,
  tradingModes,
} from '@orderlane/domain/strategy';
import type { NewStrategy } from '@orderlane/manage/create-strategy';
import { type Command, Option } from 'commander';
import { editStrategy } from '../commands/edit-strategy.ts';
import { choiceOf, type HeldOptions, withHeldChoice } from '../held-options.ts';
import {
  choice,
  examples,
  none,
  oneOf,
  orNone,
  parseCount,
  parseDurationMs,
  parseList,
  parseTime,
  parseWeekdays,
  withJson,
} from '../options.ts';
import type { Run } from '../run.ts';

interface EditOptions extends HeldOptions {
  json?: boolean;
  account?: string;
  name?: string;
  platform?: Platform;
  mode?: TradingMode;
  intraday?: boolean;
  positional?: boolean;
  start?: string;
  end?: string;
  squareoff?: string;
  positionScope?: PositionScope;
  chartinkAction?: ChartinkAction | typeof none;
  duplicateWindow?: number;
  entryMaxAge?: number | typeof none;
  maxQuantity?: number | typeof none;
  maxEntries?: number | typeof none;
  maxOrdersPerDay?: number;
  tradingDays?: number[] | typeof none;
  onceADay?: boolean;
  allowedSources?: string[] | typeof none;
  yes?: boolean;
  nextSession?: boolean;
}

/** `strategy edit` */
export function addStrategyEdit(group: Command, run: Run): void {
  const command = withHeldChoice(withJson(group.command('edit <strategy>')))
    .description('change one; what is not named stays as it is')
    .option('--account <account>', 'which to trade on')
    .option('--name <name>', 'what it is called')
    .addOption(choice('--platform <platform>', 'who sends its signals', platforms))
    .addOption(choice('--mode <mode>', 'what it trades', tradingModes))
    .addOption(choice('--position-scope <scope>', 'whose position its exits close', positionScopes))
    .addOption(new Option('--intraday', 'with the three times').conflicts(['positional']))
    .option('--positional', 'without times, and never squared off')
    .option('--start <time>', 'first entry, HH:MM of India', parseTime)
    .option('--end <time>', 'last entry', parseTime)
    .option('--squareoff <time>', 'when it is closed', parseTime);
  addLimits(command)
    .addOption(
      new Option('--yes', 'a square-off time that has passed today squares off now').conflicts([
        'nextSession',
      ]),
    )
    .option('--next-session', 'a square-off time that has passed counts from the next session on')
    .addHelpText('after', examples('strategy edit scans --squareoff 15:00 --end 14:45'))
    .action(async (strategy: string, options: EditOptions) => {
      const asked = {
        ...{ strategy, account: options.account, changes: changesOf(options) },
        ...{ choice: choiceOf(options), passed: passedOf(options) },
      };
      await run(options, async (cli) => await editStrategy(cli, asked));
    });
}

function addLimits(command: Command): Command {
  return command
    .option(
      '--chartink-action <action>',
      'what every scan means, or none',
      orNone(oneOf(chartinkActions)),
    )
    .option('--duplicate-window <duration>', 'the same again in this time is one', parseDurationMs)
    .option(
      '--entry-max-age <duration>',
      'void when not sent by then, or none',
      orNone(parseDurationMs),
    )
    .option('--max-quantity <number>', 'of one order, or none', orNone(parseCount))
    .option('--max-entries <number>', 'per symbol while one is held, or none', orNone(parseCount))
    .option('--max-orders-per-day <number>', 'entries', parseCount)
    .option('--trading-days <days>', 'on which entries are taken, or none', orNone(parseWeekdays))
    .option('--once-a-day', 'one entry for each symbol and day')
    .option('--no-once-a-day', 'as many as come')
    .option('--allowed-sources <addresses>', 'who may call, or none', orNone(parseList));
}

function passedOf({ yes, nextSession }: EditOptions): 'now' | 'next_session' | undefined {
  if (yes === true) return 'now';
  return nextSession === true ? 'next_session' : undefined;
}

/** The option of each setting. */
const names = {
  name: 'name',
  platform: 'platform',
  mode: 'tradingMode',
  start: 'startTime',
  end: 'endTime',
  squareoff: 'squareoffTime',
  positionScope: 'positionScope',
  chartinkAction: 'chartinkAction',
  duplicateWindow: 'duplicateWindowMs',
  entryMaxAge: 'entryMaxAgeMs',
  maxQuantity: 'maxQuantity',
  maxEntries: 'maxEntries',
  maxOrdersPerDay: 'maxOrdersPerDay',
  tradingDays: 'tradingDays',
  onceADay: 'onceADay',
  allowedSources: 'allowedSources',
} as const satisfies Partial<Record<keyof EditOptions, keyof NewStrategy>>;

function changesOf(options: EditOptions): Partial<NewStrategy> {
  const given = Object.entries(names).flatMap(([option, setting]) => {
    const value = options[option as keyof typeof names];
    return value === undefined ? [] : [[setting, value === none ? null : value] as const];
  });
  return { ...(Object.fromEntries(given) as Partial<NewStrategy>), ...timesOf(options) };
}

function timesOf({ intraday, positional }: EditOptions): Partial<NewStrategy> {
  if (positional === true) {
    return { isIntraday: false, startTime: null, endTime: null, squareoffTime: null };
  }
  return intraday === true ? { isIntraday: true } : {};
}
