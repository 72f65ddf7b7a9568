import type { insertStrategy } from '@orderlane/db/strategies';
import type { StrategyDraft } from '@orderlane/domain/check-strategy';

type Columns = Parameters<typeof insertStrategy>[1];

/** A draft's own settings as its row has them. */
export function strategyColumns(
  draft: Omit<StrategyDraft, 'isActive' | 'mappings'>,
): Omit<Columns, 'user_id' | 'account_id' | 'webhook_id' | 'is_active'> {
  return {
    name: draft.name,
    platform: draft.platform,
    trading_mode: draft.tradingMode,
    is_intraday: draft.isIntraday,
    start_time: draft.startTime,
    end_time: draft.endTime,
    squareoff_time: draft.squareoffTime,
    position_scope: draft.positionScope,
    chartink_action: draft.chartinkAction,
    duplicate_window_ms: draft.duplicateWindowMs,
    entry_max_age_ms: draft.entryMaxAgeMs,
    max_quantity: draft.maxQuantity,
    max_entries: draft.maxEntries,
    max_orders_per_day: draft.maxOrdersPerDay,
    trading_days: draft.tradingDays === null ? null : [...draft.tradingDays],
    once_a_day: draft.onceADay,
    allowed_sources: draft.allowedSources === null ? null : [...draft.allowedSources],
    shared_secret_hash: draft.sharedSecretHash,
  };
}
