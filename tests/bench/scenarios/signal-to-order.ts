import { setTimeout as sleep } from 'node:timers/promises';
import { placeCalls, waitForCalls } from '../../support/place-calls.ts';
import { makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { percentile } from '../measure/percentile.ts';
import { atMost, type Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

const served = { signals: 60, apartMs: 300 };

/** Longer than connections to the stores and to OpenAlgo are kept for sure. */
const cold = { signals: 5, apartMs: 12_000 };

/** From the moment before a webhook is posted to its order's arrival at OpenAlgo, on an idle lane. */
export const signalToOrder: Scenario = {
  name: 'signal to order',
  async run() {
    await using system = await startBenchSystem();
    const ingress = await system.start('ingress');
    await system.start('executor');
    const { webhookId } = await makeBenchStrategy(system.stack);
    const url = `${ingress.url}/strategy/webhook/${webhookId}`;
    await using poster = createWebhookPoster();
    const { simulator } = system.stack;
    const measure = async (symbols: string, { signals, apartMs }: typeof served) => {
      const latencies: number[] = [];
      const body = distinctSignal(symbols);
      for (let index = 0; index < signals; index++) {
        await sleep(apartMs);
        const before = placeCalls(simulator).length;
        const postedAtMs = performance.now();
        await poster.mustPost(url, body(index));
        await waitForCalls(simulator, before + 1);
        // Both clocks are this process's: the simulator runs in it.
        latencies.push((placeCalls(simulator).at(-1)?.arrivedAtMs ?? Number.NaN) - postedAtMs);
      }
      return latencies;
    };
    // What a process does for the first time takes longer; it is measured as cold below, too.
    const [first = Number.NaN] = await measure('F', { signals: 1, apartMs: 0 });
    await measure('W', { signals: 10, apartMs: 100 });
    const warm = await measure('S', served);
    const alone = await measure('L', cold);
    const median = percentile(warm, 0.5);
    const p99 = percentile(warm, 0.99);
    return [
      {
        name: 'served lane, median',
        value: median,
        unit: 'ms',
        asked: atMost(median, 5, 'at most 5 ms'),
      },
      { name: 'served lane, p90', value: percentile(warm, 0.9), unit: 'ms' },
      { name: 'served lane, p99', value: p99, unit: 'ms', asked: atMost(p99, 20, 'at most 20 ms') },
      {
        name: `after ${cold.apartMs / 1000} quiet seconds, median`,
        value: percentile(alone, 0.5),
        unit: 'ms',
      },
      { name: 'the first of new processes', value: first, unit: 'ms' },
    ];
  },
};
