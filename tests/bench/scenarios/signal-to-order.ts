import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import { brandIds } from '@orderlane/domain/ids';
import { placeCalls, waitForCalls } from '../../support/place-calls.ts';
import { makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { percentile } from '../measure/percentile.ts';
import { measureRedisAnswer } from '../measure/redis-answer.ts';
import { atMost, type Figure, type Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

const served = { signals: 60, apartMs: 300 };

/** Longer than connections to the stores and to OpenAlgo are kept for sure. */
const cold = { signals: 5, apartMs: 12_000 };

interface Trip {
  orderId: string;
  /** Monotonic (ms). */
  postedAtMs: number;
  arrivedAtMs: number;
}

function lengthOf({ postedAtMs, arrivedAtMs }: Trip): number {
  return arrivedAtMs - postedAtMs;
}

/** What the way consists of, medians; Postgres runs on this machine, so its clock is the one of this process. */
async function stagesOf(db: Db, trips: readonly Trip[]): Promise<Figure[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'stored_at', 'claimed_at'])
    .where(
      'id',
      'in',
      trips.map(({ orderId }) => brandIds.order(orderId)),
    )
    .execute();
  const times = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]));
  const median = (part: (args: { trip: Trip; stored: number; claimed: number }) => number) =>
    percentile(
      trips.map((trip) => {
        const row = times.get(trip.orderId);
        const [stored, claimed] = [row?.stored_at, row?.claimed_at].map(
          (at) => (at?.getTime() ?? Number.NaN) - performance.timeOrigin,
        );
        return part({ trip, stored: stored ?? Number.NaN, claimed: claimed ?? Number.NaN });
      }),
      0.5,
    );
  const figure = (name: string, value: number): Figure => ({
    name: `of it: ${name}`,
    value,
    unit: 'ms',
  });
  return [
    figure(
      'until it is being stored',
      median(({ trip, stored }) => stored - trip.postedAtMs),
    ),
    figure(
      'from there to its claim',
      median(({ stored, claimed }) => claimed - stored),
    ),
    figure(
      'from there to OpenAlgo',
      median(({ trip, claimed }) => trip.arrivedAtMs - claimed),
    ),
  ];
}

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
      const trips: Trip[] = [];
      const body = distinctSignal(symbols);
      for (let index = 0; index < signals; index++) {
        await sleep(apartMs);
        const before = placeCalls(simulator).length;
        const postedAtMs = performance.now();
        await poster.mustPost(url, body(index));
        await waitForCalls(simulator, before + 1);
        const call = placeCalls(simulator).at(-1);
        // Both clocks are this process's: the simulator runs in it.
        const arrivedAtMs = call?.arrivedAtMs ?? Number.NaN;
        trips.push({ orderId: call?.order?.split('/')[0] ?? '', postedAtMs, arrivedAtMs });
      }
      return trips;
    };
    // What a process does for the first time takes longer; it is measured as cold below, too.
    const [first = Number.NaN] = (await measure('F', { signals: 1, apartMs: 0 })).map(lengthOf);
    await measure('W', { signals: 10, apartMs: 100 });
    const trips = await measure('S', served);
    const stages = await stagesOf(system.stack.db, trips);
    const warm = trips.map(lengthOf);
    const alone = (await measure('L', cold)).map(lengthOf);
    const between = await measureRedisAnswer(system.stack.parts.redisUrl, served.apartMs);
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
      ...stages,
      {
        name: `after ${cold.apartMs / 1000} quiet seconds, median`,
        value: percentile(alone, 0.5),
        unit: 'ms',
      },
      { name: 'the first of new processes', value: first, unit: 'ms' },
      ...between,
    ];
  },
};
