import type { z } from '@hono/zod-openapi';
import type { AccountId } from '@orderlane/domain/ids';
import type { PositionScope } from '@orderlane/domain/strategy';
import type { NewStrategy } from '@orderlane/manage/create-strategy';
import type { newStrategyForm, strategyEdit } from './strategy.ts';

/** A new strategy's form as the use case takes it. */
export function toNewStrategy(form: z.output<typeof newStrategyForm>): NewStrategy {
  return {
    name: form.name.trim(),
    platform: form.platform,
    tradingMode: form.trading_mode,
    isIntraday: form.is_intraday,
    startTime: toTime(form.start_time),
    endTime: toTime(form.end_time),
    squareoffTime: toTime(form.squareoff_time),
    positionScope: form.position_scope ?? scopeOf(form.others_trade_here),
    chartinkAction: form.chartink_action,
    duplicateWindowMs: form.duplicate_window_ms,
    entryMaxAgeMs: form.entry_max_age_ms,
    maxQuantity: form.max_quantity,
    maxEntries: form.max_entries,
    maxOrdersPerDay: form.max_orders_per_day,
    tradingDays: form.trading_days,
    onceADay: form.once_a_day,
    allowedSources: form.allowed_sources,
    sharedSecretHash: null,
  };
}

/** Its own, unless the answer is no: exits of scope account close what others hold, too. */
function scopeOf(othersTradeHere: boolean | undefined): PositionScope {
  return othersTradeHere === false ? 'account' : 'strategy';
}

const names = {
  name: 'name',
  account_id: 'accountId',
  platform: 'platform',
  trading_mode: 'tradingMode',
  is_intraday: 'isIntraday',
  start_time: 'startTime',
  end_time: 'endTime',
  squareoff_time: 'squareoffTime',
  position_scope: 'positionScope',
  chartink_action: 'chartinkAction',
  duplicate_window_ms: 'duplicateWindowMs',
  entry_max_age_ms: 'entryMaxAgeMs',
  max_quantity: 'maxQuantity',
  max_entries: 'maxEntries',
  max_orders_per_day: 'maxOrdersPerDay',
  trading_days: 'tradingDays',
  once_a_day: 'onceADay',
  allowed_sources: 'allowedSources',
} as const satisfies Record<string, keyof NewStrategy | 'accountId'>;

/** What an edit names, and nothing else. */
export function toChanges(
  edit: z.output<typeof strategyEdit>,
): Partial<NewStrategy> & { accountId?: AccountId } {
  const changes: Record<string, unknown> = {};
  for (const [field, name] of Object.entries(names)) {
    const value = edit[field as keyof typeof names];
    if (value !== undefined) changes[name] = field.endsWith('_time') ? toTime(value) : value;
  }
  return changes;
}

/** `9:20` is meant as `09:20`; what is no time at all is the domain's to refuse. */
function toTime<T>(given: T): T {
  return typeof given === 'string' && /^\d:\d\d$/.test(given) ? (`0${given}` as T & string) : given;
}
