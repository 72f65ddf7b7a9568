import type { Strategy } from './strategy.ts';

/** The placeholders that each platform fills in; a platform without any gets an example. */
const placeholders = {
  tradingview: {
    symbol: '{{ticker}}',
    action: '{{strategy.order.action}}',
    quantity: '{{strategy.order.contracts}}',
    position_size: '{{strategy.position_size}}',
    // Unlike {{strategy.order.id}} alone it differs from one alert to the next, so that a resend
    // is recognised and a new alert is not taken for one.
    signal_id: '{{ticker}}-{{strategy.order.id}}-{{strategy.order.action}}-{{timenow}}',
  },
  gocharting: {
    symbol: '{{ticker}}',
    action: '{{action}}',
    quantity: '{{quantity}}',
    position_size: '{{position_size}}',
  },
  example: { symbol: 'SBIN', action: 'BUY', quantity: '10', position_size: '10' },
};

/**
 * The message to paste into the platform's alert; null for ChartInk, which writes its own.
 * `position_size` is there only where the trading mode needs it.
 */
export function alertBody(
  strategy: Pick<Strategy, 'platform' | 'tradingMode' | 'sharedSecretHash'>,
): string | null {
  const { platform, tradingMode, sharedSecretHash } = strategy;
  if (platform === 'chartink') return null;
  const isFilledIn = platform === 'tradingview' || platform === 'gocharting';
  const { position_size, ...fields } = placeholders[isFilledIn ? platform : 'example'];
  return JSON.stringify({
    ...fields,
    ...(tradingMode === 'BOTH' && { position_size }),
    // Nobody knows it any more: whoever set it fills it in.
    ...(sharedSecretHash !== null && { secret: '(the secret)' }),
  });
}

/** The path of a strategy's webhook, to be put after the public address. */
export function webhookPath(strategy: Pick<Strategy, 'platform' | 'webhookId'>): string {
  const folder = strategy.platform === 'chartink' ? 'chartink' : 'strategy';
  return `/${folder}/webhook/${strategy.webhookId}`;
}
