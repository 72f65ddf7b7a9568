import { alertBody, webhookPath } from '@orderlane/domain/alert-body';
import { type Activity, activityOf, type Strategy } from '@orderlane/domain/strategy';
import type { StrategyToShow } from '@orderlane/manage/strategy-data';
import { mappingTable } from './mapping-table.ts';

const activityWords: Record<Activity, string> = {
  on: 'active',
  exits_only: 'exits only',
  off: 'off',
};

interface Reached {
  /** The address is reached from this machine only. */
  isLocal: boolean;
}

/** A strategy as people get it: what to paste where stands alone on its line. */
export function strategyText(shown: StrategyToShow, reached: Reached): string {
  const { strategy } = shown;
  return [
    `Strategy "${strategy.name}" (${strategy.id}) on account ${shown.accountName ?? '-'}, ${activityWords[activityOf(strategy)]}`,
    `${describeMode(strategy)}, ${describeTimes(strategy)}`,
    describeExits(strategy),
    '',
    ...webhookLines(shown, reached),
    '',
    strategy.mappings.length === 0
      ? `No mappings yet: mapping add "${strategy.name}" SBIN --exchange NSE --product MIS --quantity 1`
      : mappingTable(strategy.mappings),
  ].join('\n');
}

function webhookLines({ strategy, publicUrl }: StrategyToShow, { isLocal }: Reached): string[] {
  const body = alertBody(strategy);
  return [
    `Webhook address for ${strategy.platform}:`,
    `${publicUrl}${webhookPath(strategy)}`,
    ...(isLocal
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
