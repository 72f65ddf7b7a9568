import { placeCalls, ratePerSecond, waitForCalls } from '../../support/place-calls.ts';
import { makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { atLeast, type Scenario } from '../scenario.ts';

const stocks = Array.from({ length: 50 }, (_, index) => `S${index}`);

/** Fifty stocks in one call of a screener. */
export const chartink: Scenario = {
  name: 'ChartInk',
  async run() {
    await using system = await startBenchSystem();
    const { simulator } = system.stack;
    const ingress = await system.start('ingress');
    await system.start('executor');
    const values = { platform: 'chartink', trading_mode: null } as const;
    const { webhookId } = await makeBenchStrategy(system.stack, values);
    await using poster = createWebhookPoster();
    const body = JSON.stringify({ stocks: stocks.join(','), scan_name: 'BUY breakouts' });
    const postedAtMs = performance.now();
    await poster.mustPost(`${ingress.url}/chartink/webhook/${webhookId}`, body);
    const answeredAfterMs = performance.now() - postedAtMs;
    await waitForCalls(simulator, stocks.length);
    const calls = placeCalls(simulator);
    const rate = ratePerSecond(calls);
    const lastMs = (calls.at(-1)?.arrivedAtMs ?? Number.NaN) - postedAtMs;
    return [
      { name: '50 stocks, answered after', value: answeredAfterMs, unit: 'ms' },
      { name: '50 stocks, last order after', value: lastMs, unit: 'ms' },
      {
        name: '50 stocks, orders',
        value: rate,
        unit: '/s',
        asked: atLeast(rate, 9, 'at least 9.0'),
      },
    ];
  },
};
