import { poll } from '@orderlane/local/poll';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { callsByOrder, mostInASecond, placeCalls, ratePerSecond } from '../support/place-calls.ts';
import { openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await openStack();
  await Promise.all([stack.start('executor'), stack.start('executor'), stack.start('executor')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function queueEntries(count: number): Promise<void> {
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  const seed = { db: stack.db, accountId: stack.accountId, strategyId };
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `STOCK${index}`, product: 'MIS' } as const;
    await storeOrder(seed, { instrument, expiresInMs: 120_000 });
  }
}

async function enqueueAll(): Promise<void> {
  const redis = openRedis(
    { redisUrl: stack.parts.redisUrl, prefix: stack.parts.redisPrefix },
    () => undefined,
  );
  await new Promise((resolve) => redis.once('ready', resolve));
  const lanes = createLanes({ redis, prefix: stack.parts.redisPrefix });
  await lanes.add(await queuedOrders(stack.db));
  await lanes.close();
  closeRedis(redis);
}

const arrived = async (count: number) =>
  await poll(
    async () => await Promise.resolve(placeCalls(stack.simulator).length >= count || undefined),
    { what: `${count} calls`, withinMs: 50_000 },
  );

describe('three executors, one account', () => {
  it.each([0, 100, 500])('keep 9 to 10 a second when answers take %i ms', async (ms) => {
    stack.simulator.simulator.faults.add({ kind: 'delay', ms });
    await queueEntries(100);
    await enqueueAll();
    await arrived(100);
    const calls = placeCalls(stack.simulator);
    expect([...callsByOrder(calls).values()].every((count) => count === 1)).toBe(true);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
    expect(ratePerSecond(calls)).toBeGreaterThanOrEqual(9);
  });
});
