import { alertBody, webhookPath } from '@orderlane/domain/alert-body';
import type { Strategy } from '@orderlane/domain/strategy';
import { mappingData } from './mapping-data.ts';

export interface StrategyToShow {
  strategy: Strategy;
  accountName: string | null;
  /** Where senders reach the ingress. */
  publicUrl: string;
}

/** Its settings without the webhook, which is a secret: what the audit log may keep. */
export function strategySettings({
  strategy,
  accountName,
}: Pick<StrategyToShow, 'strategy' | 'accountName'>) {
  return {
    id: strategy.id,
    name: strategy.name,
    account: accountName,
    platform: strategy.platform,
    trading_mode: strategy.tradingMode,
    is_active: strategy.isActive,
    exits_only: strategy.exitsOnly,
    is_intraday: strategy.isIntraday,
    start_time: strategy.startTime,
    end_time: strategy.endTime,
    squareoff_time: strategy.squareoffTime,
    position_scope: strategy.positionScope,
    chartink_action: strategy.chartinkAction,
    duplicate_window_ms: strategy.duplicateWindowMs,
    entry_max_age_ms: strategy.entryMaxAgeMs,
    max_quantity: strategy.maxQuantity,
    max_entries: strategy.maxEntries,
    max_orders_per_day: strategy.maxOrdersPerDay,
    trading_days: strategy.tradingDays,
    once_a_day: strategy.onceADay,
    allowed_sources: strategy.allowedSources,
    has_shared_secret: strategy.sharedSecretHash !== null,
  };
}

/** A strategy as programs get it. */
export function strategyData(shown: StrategyToShow) {
  const { strategy, publicUrl } = shown;
  return {
    ...strategySettings(shown),
    webhook_id: strategy.webhookId,
    webhook_url: `${publicUrl}${webhookPath(strategy)}`,
    alert_body: alertBody(strategy),
    mappings: strategy.mappings.map(mappingData),
  };
}
