import type { MessageSource } from './message-source.ts';

/** A signal as a program would post it. */
export function exampleBody(
  {
    tradingMode,
    hasSharedSecret,
    platform,
    symbol,
  }: Omit<MessageSource, 'webhookUrl' | 'alertBody'>,
  signalId?: string,
): Record<string, string> {
  if (platform === 'chartink') {
    return {
      stocks: symbol,
      trigger_prices: '100',
      triggered_at: '10:05 am',
      scan_name: 'Test BUY',
      scan_url: 'test-buy',
      alert_name: 'Alert for Test BUY',
    };
  }
  return {
    symbol,
    action: tradingMode === 'SHORT' ? 'SELL' : 'BUY',
    quantity: '1',
    ...(tradingMode === 'BOTH' && { position_size: '1' }),
    ...(signalId !== undefined && { signal_id: signalId }),
    ...(hasSharedSecret && { secret: '(the secret)' }),
  };
}
