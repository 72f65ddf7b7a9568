import type { Call } from '@orderlane/simulator/calls/call-log';
import { placeCalls, waitForCalls } from '../../support/place-calls.ts';
import { makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { atMost, type Scenario } from '../scenario.ts';

const exits = 20;
const entries = 10;
const smartIntervalMs = 1000;
/** An order's turn at ten a second. */
const intervalMs = 100;

/** Twenty exits, then ten entries: neither waits for the others. */
export const mixed: Scenario = {
  name: 'mixed',
  async run() {
    await using system = await startBenchSystem();
    const { simulator } = system.stack;
    const ingress = await system.start('ingress');
    await system.start('executor');
    // What the account holds is closed by smart orders, whatever it is.
    const { webhookId } = await makeBenchStrategy(system.stack, { position_scope: 'account' });
    await using poster = createWebhookPoster();
    const send = async (count: number, action: string) => {
      for (let index = 0; index < count; index++) {
        const body = JSON.stringify({ symbol: `${action}${index}`, action });
        await poster.mustPost(`${ingress.url}/strategy/webhook/${webhookId}`, body);
      }
    };
    await send(exits, 'SELL');
    const entriesPostedAtMs = performance.now();
    await send(entries, 'BUY');
    await waitForCalls(simulator, exits + entries);
    const calls = placeCalls(simulator);
    const firstEntryMs = Math.min(...arrivals(calls, 'placeorder')) - entriesPostedAtMs;
    const smart = arrivals(calls, 'placesmartorder');
    const gaps = smart.slice(1).map((at, index) => at - (smart[index] ?? at));
    const lateMs = Math.max(...gaps) - smartIntervalMs;
    return [
      {
        name: 'first entry behind 20 exits',
        value: firstEntryMs,
        unit: 'ms',
        asked: atMost(firstEntryMs, 1000, 'within 1 s'),
      },
      {
        name: 'latest exit after its turn',
        value: lateMs,
        unit: 'ms',
        asked: atMost(lateMs, 2 * intervalMs, 'at most two intervals'),
      },
    ];
  },
};

function arrivals(calls: readonly Call[], endpoint: string): number[] {
  return calls.filter((call) => call.endpoint === endpoint).map(({ arrivedAtMs }) => arrivedAtMs);
}
