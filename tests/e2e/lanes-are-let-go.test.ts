import type { Lane } from '@orderlane/domain/lane';
import { createLanes, jobIdOf } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { lanesServed } from '../support/lane-log.ts';
import { waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

let stack: Stack;
let redis: Redis;

beforeEach(async () => {
  stack = await openStack({ env: { LANE_KEEP_MS: '1 second' } });
  redis = new Redis(stack.parts.redisUrl);
});
afterEach(async () => {
  redis.disconnect();
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };

/** Connections that wait for jobs of the lane. */
async function connections(lane: Lane): Promise<number> {
  const name = Buffer.from(`${lane}.${stack.accountId}`).toString('base64');
  const list = String(await redis.client('LIST'));
  return list.split(` name=${stack.parts.redisPrefix}:${name} `).length - 1;
}

async function queueOne(symbol: string): Promise<void> {
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  await storeOrder(await seedOn(stack), { instrument });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

it('a lane is served when an order comes, let go when it was idle, and served again', async () => {
  const executor = await stack.start('executor');
  expect(lanesServed(executor)).toEqual([]);
  for (const [index, symbol] of ['SBIN', 'INFY'].entries()) {
    expect(await connections('regular')).toBe(0);
    await queueOne(symbol);
    await waitForCalls(stack.simulator, index + 1);
    await expect.poll(() => lanesServed(executor), within).toEqual([]);
    await expect.poll(async () => await connections('regular'), within).toBe(0);
  }
});

it('an order whose lane nobody called busy is sent after the next sweep', async () => {
  const executor = await stack.start('executor');
  const id = await storeOrder(await seedOn(stack), { expiresInMs: 300_000 });
  const lanes = createLanes({ redis, prefix: stack.parts.redisPrefix });
  // As a program of an older version adds it.
  const queue = lanes.queue('regular', stack.accountId);
  await queue.add('order', {}, { jobId: jobIdOf(id), priority: 10 });
  await lanes.close();
  expect(lanesServed(executor)).toEqual([]);
  await stack.start('scheduler');
  await waitForCalls(stack.simulator, 1);
  expect(executor.logs().map(({ event }) => event)).toContain('lane_served');
});
