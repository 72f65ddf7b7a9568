import { z } from '@hono/zod-openapi';
import { brandIds } from '@orderlane/domain/ids';
import {
  chartinkActions,
  platforms,
  positionScopes,
  tradingModes,
} from '@orderlane/domain/strategy';
import { held, instant } from './common.ts';
import { mapping } from './mapping.ts';

const time = z.string().max(10).nullable().meta({ description: '`HH:MM` of Asia/Kolkata.' });
const ms = z.number().int().min(0);

/** The settings that a form may change, as they are without a word about them. */
const settings = {
  name: z.string().max(100),
  account_id: z.number().int().min(1).transform(brandIds.account),
  platform: z.enum(platforms),
  trading_mode: z
    .enum(tradingModes)
    .nullable()
    .meta({ description: 'Null for chartink: the name of the scan says it.' }),
  is_intraday: z.boolean(),
  start_time: time,
  end_time: time,
  squareoff_time: time,
  chartink_action: z.enum(chartinkActions).nullable().meta({
    description: 'What every scan means, whatever its name.',
  }),
  duplicate_window_ms: ms.meta({ description: '0: no signal is a repetition by its content.' }),
  entry_max_age_ms: ms.nullable().meta({ description: 'Null: ENTRY_MAX_AGE.' }),
  max_quantity: z.number().int().nullable().meta({
    description: "Null: ten times the mapping's quantity.",
  }),
  max_entries: z.number().int().nullable().meta({
    description: 'Per symbol while one is held; null: 1 for chartink and amibroker, else any.',
  }),
  max_orders_per_day: z.number().int().meta({ description: 'Entries.' }),
  trading_days: z.array(z.number().int()).nullable().meta({
    description: 'Days on which entries are taken, 1 Monday to 7 Sunday; null: all.',
  }),
  once_a_day: z.boolean().meta({ description: 'One entry for each symbol and day.' }),
  allowed_sources: z.array(z.string().max(64)).max(50).nullable().meta({
    description: 'Addresses, networks, or `tradingview`; null: any.',
  }),
};

/** The question of a new strategy's form; the answer decides whose position its exits close. */
export const scopeQuestion =
  'Does anything else, by hand or by another strategy, trade these symbols on this account?';

const scope = {
  position_scope: z.enum(positionScopes).optional().meta({
    description: 'Whose position exits and targets mean. Left out: by the answer to the question.',
  }),
  others_trade_here: z
    .boolean()
    .optional()
    .meta({
      description: `${scopeQuestion} Only \`false\` makes it scope account.`,
    }),
};

export const newStrategyForm = z
  .strictObject({
    ...settings,
    ...scope,
    trading_mode: settings.trading_mode.default(null),
    is_intraday: settings.is_intraday.default(false),
    start_time: time.default(null),
    end_time: time.default(null),
    squareoff_time: time.default(null),
    chartink_action: settings.chartink_action.default(null),
    duplicate_window_ms: settings.duplicate_window_ms.default(30_000),
    entry_max_age_ms: settings.entry_max_age_ms.default(null),
    max_quantity: settings.max_quantity.default(null),
    max_entries: settings.max_entries.default(null),
    max_orders_per_day: settings.max_orders_per_day.default(200),
    trading_days: settings.trading_days.default(null),
    once_a_day: settings.once_a_day.default(false),
    allowed_sources: settings.allowed_sources.default(null),
  })
  .openapi('NewStrategy');

const { account_id: accountId, ...ownSettings } = settings;

export const strategyEdit = z
  .strictObject({
    ...ownSettings,
    account_id: accountId,
    position_scope: z.enum(positionScopes),
  })
  .partial()
  .extend({
    held,
    accept_passed: z.boolean().default(false).meta({
      description:
        'True: a time of square-off that has passed today is meant from the next session on.',
    }),
    square_off_now: z.boolean().default(false).meta({
      description: 'True: where the time has passed today, the strategy is squared off now.',
    }),
  })
  .openapi('StrategyEdit');

export const listedStrategy = z
  .object({
    id: z.number(),
    name: z.string(),
    account_id: z.number().nullable(),
    account: z.string().nullable(),
    owner: z.string().meta({ description: 'The user whose it is.' }),
    platform: z.string(),
    trading_mode: z.string().nullable(),
    is_active: z.boolean(),
    exits_only: z.boolean().meta({ description: 'Active for its exits alone.' }),
    delete_when_flat: z.boolean().meta({ description: 'Deleted; it goes once nothing is held.' }),
    is_intraday: z.boolean(),
    start_time: z.string().nullable(),
    end_time: z.string().nullable(),
    squareoff_time: z.string().nullable(),
    position_scope: z.string(),
    created_at: instant,
  })
  .openapi('ListedStrategy');

/** Who knows the address can trade. */
const webhookHidden = 'Null for those who may look only: who knows it can trade.';

export const strategy = z
  .object({
    id: z.number(),
    name: z.string(),
    account: z.string().nullable(),
    account_id: z.number().nullable(),
    platform: z.string(),
    trading_mode: z.string().nullable(),
    is_active: z.boolean(),
    exits_only: z.boolean().meta({ description: 'Active for its exits alone.' }),
    is_intraday: z.boolean(),
    start_time: z.string().nullable(),
    end_time: z.string().nullable(),
    squareoff_time: z.string().nullable(),
    position_scope: z.string(),
    chartink_action: z.string().nullable(),
    duplicate_window_ms: z.number(),
    entry_max_age_ms: z.number().nullable(),
    max_quantity: z.number().nullable(),
    max_entries: z.number().nullable(),
    max_orders_per_day: z.number(),
    trading_days: z.array(z.number()).nullable(),
    once_a_day: z.boolean(),
    allowed_sources: z.array(z.string()).nullable(),
    has_shared_secret: z.boolean(),
    webhook_id: z
      .string()
      .nullable()
      .meta({
        description: `The secret part of its address. ${webhookHidden}`,
      }),
    webhook_url: z
      .string()
      .nullable()
      .meta({
        description: `What senders call. ${webhookHidden}`,
      }),
    alert_body: z.string().nullable().meta({
      description: 'The message to paste into the alert; null for chartink, which writes its own.',
    }),
    mappings: z.array(mapping),
  })
  .openapi('Strategy');

/** For those who may trade: with its webhook. */
export const tradedStrategy = strategy
  .extend({ webhook_id: z.string(), webhook_url: z.string() })
  .openapi('TradedStrategy');
