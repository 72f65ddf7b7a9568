import type { Call } from '@orderlane/simulator/calls/call-log';
import {
  mostInASecond,
  placeCalls,
  ratePerSecond,
  waitForCalls,
} from '../../support/place-calls.ts';
import { type BenchSystem, makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { atLeast, atMost, type Figure, type Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

const entries = 100;

/** A hundred entries at once, for an OpenAlgo that takes its time. */
export const burst: Scenario = {
  name: 'burst',
  async run() {
    const figures: Figure[] = [];
    for (const ms of [0, 100, 500]) {
      await using system = await startBenchSystem();
      const calls = await runBurst(system, ms);
      const rate = ratePerSecond(calls);
      const most = mostInASecond(calls);
      const name = `answers after ${ms} ms`;
      figures.push(
        {
          name: `${name}, orders`,
          value: rate,
          unit: '/s',
          asked: atLeast(rate, 9, 'at least 9.0'),
        },
        {
          name: `${name}, most in a second`,
          value: most,
          unit: '',
          asked: atMost(most, 10, 'at most 10'),
        },
      );
    }
    return figures;
  },
};

async function runBurst({ stack, start }: BenchSystem, ms: number): Promise<Call[]> {
  const ingress = await start('ingress');
  await start('executor');
  const { webhookId } = await makeBenchStrategy(stack);
  if (ms > 0) stack.simulator.simulator.faults.add({ kind: 'delay', ms });
  const url = `${ingress.url}/strategy/webhook/${webhookId}`;
  await using poster = createWebhookPoster();
  const body = distinctSignal('B');
  const posts = Array.from(
    { length: entries },
    async (_, index) => await poster.mustPost(url, body(index)),
  );
  await Promise.all(posts);
  await waitForCalls(stack.simulator, entries);
  return placeCalls(stack.simulator);
}
