import { setTimeout as sleep } from 'node:timers/promises';
import { poll } from '@orderlane/local/poll';
import { jobIdOf } from '@orderlane/queue/lanes';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LaneJobs, openLaneJobs } from '../support/lane-jobs.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

const severalSweepsMs = 2000;

let redis: PrivateRedis;
let stack: Stack;
let jobs: LaneJobs;

beforeEach(async () => {
  redis = await startPrivateRedis();
  stack = await openStack({ redisUrl: redis.redisUrl });
  const { redisPrefix } = stack.parts;
  jobs = await openLaneJobs({ redisUrl: redis.redisUrl, redisPrefix });
});
afterEach(async () => {
  await jobs[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const onLanes = async () => [
  ...(await jobs.waiting('regular', stack.accountId)),
  ...(await jobs.waiting('smart', stack.accountId)),
];

async function untilOnLanes(count: number): Promise<string[]> {
  return await poll(
    async () => {
      const ids = await onLanes();
      return ids.length >= count ? ids : undefined;
    },
    { what: `${count} jobs on the lanes`, withinMs: 10_000 },
  );
}

it.each([
  ['wiped', async () => void (await jobs.redis.flushall())],
  [
    'killed and empty when it comes back',
    async () => {
      await redis.kill();
      await redis.start();
    },
  ],
])(
  'a Redis that was %s has all 200 queued orders back on their lanes, once, and their pace',
  async (_how, wipe) => {
    const seed = await seedOn(stack);
    const ids = [
      ...(await storeMany(seed, 200, { expiresInMs: 600_000 })),
      ...(await storeMany(seed, 10, {
        role: 'exit',
        lane: 'smart',
        quantity: 0,
        targetPosition: 0,
      })),
    ];
    // The exits made the entries of their instruments void.
    const queued = ids.slice(10).map(jobIdOf).sort();
    await Promise.all([stack.start('scheduler'), stack.start('scheduler')]);
    expect((await untilOnLanes(200)).sort()).toEqual(queued);

    await wipe();
    expect((await untilOnLanes(200)).sort()).toEqual(queued);
    const meta = `${stack.parts.redisPrefix}:smart.${stack.accountId}:meta`;
    // Each lane's pace is written after the other's.
    await expect
      .poll(async () => await jobs.redis.hgetall(meta), { timeout: 10_000 })
      .toMatchObject({ max: '1', duration: '1100' });
  },
);

it('sends every order that was accepted while Redis was away, and tells of it once', async () => {
  const scheduler = await stack.start('scheduler', { SWEEP_MS: '200' });
  await stack.start('executor');
  await redis.stop();
  const ids = await storeMany(await seedOn(stack), 5, { expiresInMs: 600_000 });
  await sleep(severalSweepsMs);
  const told = scheduler.logs().filter((line) => line['event'] === 'redis_failed');
  expect(told).toHaveLength(1);
  await redis.start();
  const sent = async () => {
    const rows = await stack.db
      .selectFrom('orders')
      .select('id')
      .where('status', 'in', ['accepted', 'filled'])
      .execute();
    return rows.map(({ id }) => id).sort();
  };
  await expect.poll(sent, { timeout: 20_000 }).toEqual(ids.toSorted());
});
