import { randomUUID } from 'node:crypto';
import { claimOrder } from '@orderlane/db/claim';
import { queuedOrders } from '../../support/stack.ts';
import { type BenchSystem, makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { addPastOrders, addStrategies } from '../fill-past.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { percentile } from '../measure/percentile.ts';
import { atMost, type Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

const sizes = [
  { strategies: 1000, orders: 0 },
  { strategies: 10_000, orders: 0 },
  { strategies: 100_000, orders: 2_000_000 },
];

const signals = 200;

const claimSettings = {
  executor: 'bench',
  leaseMs: 60_000,
  sendWindowMs: 60_000,
  exitWaitMs: 5000,
  smartGapMs: 1000,
};

/** What one signal and one claim cost as strategies and history grow. */
export const growth: Scenario = {
  name: 'growth',
  async run() {
    await using system = await startBenchSystem();
    const { stack } = system;
    const ingress = await system.start('ingress');
    let strategies = 0;
    const measured = [];
    for (const size of sizes) {
      await addStrategies(stack, size.strategies - strategies);
      strategies = size.strategies;
      await addPastOrders(stack, { accountId: stack.accountId, count: size.orders });
      measured.push({ size, ...(await measureSize(system, ingress.url)) });
    }
    const [smallest] = measured;
    const largest = measured.at(-1);
    const acceptRatio = (largest?.acceptMs ?? Number.NaN) / (smallest?.acceptMs ?? Number.NaN);
    const claimRatio = (largest?.claimMs ?? Number.NaN) / (smallest?.claimMs ?? Number.NaN);
    return [
      ...measured.flatMap(({ size, acceptMs, claimMs }) => {
        const name = `${size.strategies} strategies, ${size.orders} orders`;
        return [
          { name: `${name}, accept p50`, value: acceptMs, unit: 'ms' },
          { name: `${name}, claim p50`, value: claimMs, unit: 'ms' },
        ];
      }),
      {
        name: 'accept, largest to smallest',
        value: acceptRatio,
        unit: '',
        asked: atMost(acceptRatio, 1.3, 'at most 1.3'),
      },
      {
        name: 'claim, largest to smallest',
        value: claimRatio,
        unit: '',
        asked: atMost(claimRatio, 1.3, 'at most 1.3'),
      },
    ];
  },
};

/** Signals one after the other, then the claims of their orders; the first tenth only warms up. */
async function measureSize({ stack }: BenchSystem, ingressUrl: string) {
  const { webhookId } = await makeBenchStrategy(stack);
  await using poster = createWebhookPoster();
  const body = distinctSignal();
  const accepts = await timeEach(
    Array.from({ length: signals }, (_, index) => index),
    async (index) => {
      await poster.mustPost(`${ingressUrl}/strategy/webhook/${webhookId}`, body(index));
    },
  );
  const claims = await timeEach(await queuedOrders(stack.db), async ({ id }) => {
    await claimOrder(stack.db, { orderId: id, claimId: randomUUID(), settings: claimSettings });
  });
  return { acceptMs: percentile(accepts, 0.5), claimMs: percentile(claims, 0.5) };
}

async function timeEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const startedAt = performance.now();
    await work(item);
    times.push(performance.now() - startedAt);
  }
  return times.slice(Math.floor(items.length / 10));
}
