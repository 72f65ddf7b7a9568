import { checkSettings } from '@orderlane/domain/check-strategy';
import type {
  ChartinkAction,
  Platform,
  PositionScope,
  TradingMode,
} from '@orderlane/domain/strategy';
import type { Strategy } from '../../api/types.ts';

/** A strategy's form, as it is typed. */
export interface StrategyValues extends Record<string, unknown> {
  name: string;
  account_id: string;
  platform: Platform;
  trading_mode: TradingMode | '';
  is_intraday: boolean;
  start_time: string;
  end_time: string;
  squareoff_time: string;
  /** Of a new one: the answer to the question. */
  position_scope: PositionScope;
  chartink_action: ChartinkAction | '';
  duplicate_window_s: number | string;
  entry_max_age_s: number | string;
  max_quantity: number | string;
  max_entries: number | string;
  max_orders_per_day: number | string;
  trading_days: string[];
  once_a_day: boolean;
  allowed_sources: string[];
}

export function newValues(accountId: string): StrategyValues {
  return {
    name: '',
    account_id: accountId,
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_intraday: true,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:10',
    position_scope: 'strategy',
    chartink_action: '',
    duplicate_window_s: 30,
    entry_max_age_s: '',
    max_quantity: '',
    max_entries: '',
    max_orders_per_day: 200,
    trading_days: [],
    once_a_day: false,
    allowed_sources: [],
  };
}

export function valuesOf(strategy: Strategy): StrategyValues {
  const seconds = (ms: number | null) => (ms === null ? '' : ms / 1000);
  return {
    name: strategy.name,
    account_id: String(strategy.account_id ?? ''),
    platform: strategy.platform as Platform,
    trading_mode: (strategy.trading_mode ?? '') as StrategyValues['trading_mode'],
    is_intraday: strategy.is_intraday,
    start_time: strategy.start_time ?? '',
    end_time: strategy.end_time ?? '',
    squareoff_time: strategy.squareoff_time ?? '',
    position_scope: strategy.position_scope as PositionScope,
    chartink_action: (strategy.chartink_action ?? '') as StrategyValues['chartink_action'],
    duplicate_window_s: seconds(strategy.duplicate_window_ms),
    entry_max_age_s: seconds(strategy.entry_max_age_ms),
    max_quantity: strategy.max_quantity ?? '',
    max_entries: strategy.max_entries ?? '',
    max_orders_per_day: strategy.max_orders_per_day,
    trading_days: (strategy.trading_days ?? []).map(String),
    once_a_day: strategy.once_a_day,
    allowed_sources: [...(strategy.allowed_sources ?? [])],
  };
}

/** As the API takes it. */
export function strategyJson(values: StrategyValues) {
  const { is_intraday: isIntraday } = values;
  const time = (text: string) => (isIntraday && text !== '' ? text : null);
  return {
    name: values.name,
    account_id: Number(values.account_id),
    platform: values.platform,
    trading_mode: values.trading_mode === '' ? null : values.trading_mode,
    is_intraday: isIntraday,
    start_time: time(values.start_time),
    end_time: time(values.end_time),
    squareoff_time: time(values.squareoff_time),
    position_scope: values.position_scope,
    chartink_action: values.chartink_action === '' ? null : values.chartink_action,
    duplicate_window_ms: (countOf(values.duplicate_window_s) ?? 0) * 1000,
    entry_max_age_ms: msOf(values.entry_max_age_s),
    max_quantity: countOf(values.max_quantity),
    max_entries: countOf(values.max_entries),
    max_orders_per_day: countOf(values.max_orders_per_day) ?? 0,
    trading_days: values.trading_days.length === 0 ? null : values.trading_days.map(Number),
    once_a_day: values.once_a_day,
    allowed_sources: values.allowed_sources.length === 0 ? null : values.allowed_sources,
  };
}

function countOf(value: number | string): number | null {
  return value === '' ? null : Number(value);
}

function msOf(seconds: number | string): number | null {
  const count = countOf(seconds);
  return count === null ? null : count * 1000;
}

/** Fields of the form under the names that the domain has for them. */
const fieldOf: Record<string, keyof StrategyValues & string> = {
  tradingMode: 'trading_mode',
  startTime: 'start_time',
  endTime: 'end_time',
  squareoffTime: 'squareoff_time',
  chartinkAction: 'chartink_action',
  duplicateWindowMs: 'duplicate_window_s',
  entryMaxAgeMs: 'entry_max_age_s',
  maxQuantity: 'max_quantity',
  maxEntries: 'max_entries',
  maxOrdersPerDay: 'max_orders_per_day',
  tradingDays: 'trading_days',
  allowedSources: 'allowed_sources',
};

/** What is wrong with it, by the same rules as the console's; what needs the mappings it says itself. */
export function problemsOf(values: StrategyValues): Record<string, string> {
  const json = strategyJson(values);
  const draft = {
    name: json.name.trim(),
    platform: json.platform,
    tradingMode: json.trading_mode,
    isIntraday: json.is_intraday,
    startTime: json.start_time,
    endTime: json.end_time,
    squareoffTime: json.squareoff_time,
    positionScope: json.position_scope,
    chartinkAction: json.chartink_action,
    duplicateWindowMs: json.duplicate_window_ms,
    entryMaxAgeMs: json.entry_max_age_ms,
    maxQuantity: json.max_quantity,
    maxEntries: json.max_entries,
    maxOrdersPerDay: json.max_orders_per_day,
    tradingDays: json.trading_days,
    onceADay: json.once_a_day,
    allowedSources: json.allowed_sources,
    sharedSecretHash: null,
    isActive: true,
  };
  const issues = checkSettings(draft);
  const problems = issues.map(({ field, text }) => [fieldOf[field] ?? field, text]);
  const missing = values.account_id === '' ? { account_id: 'Choose an account' } : {};
  return { ...Object.fromEntries(problems), ...missing };
}

/** The API's own names of what the form has in seconds. */
export function renamed(field: string): string {
  return field === 'duplicate_window_ms' || field === 'entry_max_age_ms'
    ? field.replace(/_ms$/, '_s')
    : field;
}
