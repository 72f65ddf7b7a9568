import { setTimeout as sleep } from 'node:timers/promises';
import { postWebhook } from '../support/ingress.ts';
import { placeCalls, waitForCalls } from '../support/place-calls.ts';
import { type BenchSystem, startSystem } from './system.ts';

const signals = 60;
const apartMs = 300;

await using system = await startSystem();
const latencies = await signalToOrder(system);
const at = (share: number) => latencies[Math.ceil(share * latencies.length) - 1]?.toFixed(1);
process.stdout.write(
  `signal to order, idle lane, ${signals} signals ${apartMs} ms apart: median ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms\n`,
);

/** From the moment before a webhook is posted to its order's arrival at OpenAlgo (ms), ascending. */
async function signalToOrder({ ingressUrl, webhookId, simulator }: BenchSystem): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < signals; index++) {
    await sleep(apartMs);
    const postedAtMs = performance.now();
    await postWebhook(ingressUrl, { webhookId, body: { symbol: `S${index}`, action: 'BUY' } });
    await waitForCalls(simulator, index + 1);
    // Both clocks are this process's: the simulator runs in it.
    found.push((placeCalls(simulator).at(-1)?.arrivedAtMs ?? Number.NaN) - postedAtMs);
  }
  return found.toSorted((one, other) => one - other);
}
