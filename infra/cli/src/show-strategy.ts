import { alertBody, webhookPath } from '@orderlane/domain/alert-body';
import type { Strategy } from '@orderlane/domain/strategy';
import { mappingData, mappingTable } from './show-mapping.ts';

export interface StrategyToShow {
  strategy: Strategy;
  accountName: string | null;
  publicUrl: { url: string; isLocal: boolean };
}

/** Its settings without the webhook, which is a secret: what the audit log may keep. */
export function strategySettings({ strategy, accountName }: StrategyToShow) {
  return {
    id: strategy.id,
    name: strategy.name,
    account: accountName,
    platform: strategy.platform,
    trading_mode: strategy.tradingMode,
    is_active: strategy.isActive,
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
  };
}

/** A strategy as programs get it. */
export function strategyData(shown: StrategyToShow) {
  const { strategy, publicUrl } = shown;
  return {
    ...strategySettings(shown),
    webhook_id: strategy.webhookId,
    webhook_url: `${publicUrl.url}${webhookPath(strategy)}`,
    alert_body: alertBody(strategy),
    mappings: strategy.mappings.map(mappingData),
  };
}

/** A strategy as people get it: what to paste where stands alone on its line. */
export function strategyText(shown: StrategyToShow): string {
  const { strategy } = shown;
  return [
    `Strategy "${strategy.name}" (${strategy.id}) on account ${shown.accountName ?? '-'}, ${strategy.isActive ? 'active' : 'off'}`,
    `${describeMode(strategy)}, ${describeTimes(strategy)}`,
    describeExits(strategy),
    '',
    ...webhookLines(shown),
    '',
    strategy.mappings.length === 0
      ? `No mappings yet: mapping add "${strategy.name}" SBIN --exchange NSE --product MIS --quantity 1`
      : mappingTable(strategy.mappings),
  ].join('\n');
}

function webhookLines({ strategy, publicUrl }: StrategyToShow): string[] {
  const body = alertBody(strategy);
  return [
    `Webhook address for ${strategy.platform}:`,
    `${publicUrl.url}${webhookPath(strategy)}`,
    ...(publicUrl.isLocal
      ? ['(reached from this machine only: set PUBLIC_URL to the address that the platform calls)']
      : []),
    ...(body === null ? [scanHint(strategy)] : ['Alert message:', body]),
  ];
}

function scanHint({ chartinkAction }: Strategy): string {
  return chartinkAction === null
    ? 'ChartInk writes the message. The scan name must hold BUY, SELL, SHORT or COVER as a word.'
    : `ChartInk writes the message. Every scan counts as ${chartinkAction}, whatever its name.`;
}

function describeMode({ platform, tradingMode }: Strategy): string {
  return `${platform} ${tradingMode ?? 'by scan name'}`;
}

function describeExits({ positionScope }: Strategy): string {
  return positionScope === 'account'
    ? 'Exits close all that the account holds of the symbol (position scope account)'
    : 'Exits close what the strategy itself holds (position scope strategy)';
}

function describeTimes(strategy: Strategy): string {
  const { isIntraday, startTime, endTime, squareoffTime } = strategy;
  return isIntraday
    ? `intraday, entries ${startTime} to ${endTime}, square-off ${squareoffTime}`
    : 'positional';
}
