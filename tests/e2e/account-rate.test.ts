import type { OrderPlan } from '@orderlane/domain/order-plan';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import {
  callsByOrder,
  mostInASecond,
  placeCalls,
  ratePerSecond,
  waitForCalls,
} from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let seed: Seed;

beforeEach(async () => {
  stack = await openStack();
  await Promise.all([stack.start('executor'), stack.start('executor'), stack.start('executor')]);
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** Stores orders of as many instruments and puts them on their lanes. */
async function queue(count: number, plan: Partial<OrderPlan> & { name: string }): Promise<void> {
  const { name, ...rest } = plan;
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `${name}${index}`, product: 'MIS' } as const;
    await storeOrder(seed, { expiresInMs: 300_000, ...rest, instrument });
  }
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

function expectEachOnce(count: number): void {
  const counts = [...callsByOrder(placeCalls(stack.simulator)).values()];
  expect(counts).toEqual(Array.from({ length: count }, () => 1));
}

const smartExit = { name: 'SMART', role: 'exit', lane: 'smart' } as const;
const regularExit = {
  name: 'EXIT',
  role: 'exit',
  lane: 'regular',
  action: 'SELL',
  quantity: 10,
  targetPosition: null,
  priority: 2,
} as const;

describe('three executors on one account', () => {
  it.each([0, 100, 500])('make 9 to 10 calls a second when answers take %i ms', async (ms) => {
    stack.simulator.simulator.faults.add({ kind: 'delay', ms });
    await queue(100, { name: 'STOCK' });
    const calls = await waitForCalls(stack.simulator, 100);
    expectEachOnce(100);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
    expect(ratePerSecond(calls)).toBeGreaterThanOrEqual(9);
  });

  it('make one smart call a second, and nine to ten in all with both lanes busy', async () => {
    await queue(8, smartExit);
    await queue(80, { name: 'STOCK' });
    const calls = await waitForCalls(stack.simulator, 88);
    expectEachOnce(88);
    const smart = calls.filter(({ endpoint }) => endpoint === 'placesmartorder');
    expect(mostInASecond(smart)).toBe(1);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
    const firstRegular = calls.findIndex(({ endpoint }) => endpoint === 'placeorder');
    const lastSmart = calls.findLastIndex(({ endpoint }) => endpoint === 'placesmartorder');
    const whileBothBusy = calls.slice(firstRegular, lastSmart + 1);
    expect(ratePerSecond(whileBothBusy)).toBeGreaterThanOrEqual(9);
  });

  it('let an exit pass the entries that wait before it', async () => {
    await queue(60, { name: 'STOCK' });
    await waitForCalls(stack.simulator, 20);
    await queue(3, regularExit);
    const before = placeCalls(stack.simulator).length;
    const calls = await waitForCalls(stack.simulator, 63);
    const positions = calls.flatMap(({ body }, index) =>
      String((body as { symbol: string }).symbol).startsWith('EXIT') ? [index] : [],
    );
    // Each of the three waits for two intervals at most, one of which may be another exit's.
    expect(Math.max(...positions) - before).toBeLessThanOrEqual(5);
  });

  it('keep the rate when Redis forgets everything in the middle', async () => {
    await queue(60, { name: 'STOCK' });
    await waitForCalls(stack.simulator, 20);
    const redis = new Redis(stack.parts.redisUrl);
    const keys = await redis.keys(`${stack.parts.redisPrefix}*`);
    await redis.del(...keys);
    redis.disconnect();
    await enqueueJobs(stack.parts, await queuedOrders(stack.db));
    const calls = await waitForCalls(stack.simulator, 60);
    expectEachOnce(60);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
  });

  it('keep the rate when one of them is stopped for a while and continued', async () => {
    await queue(80, { name: 'STOCK' });
    await waitForCalls(stack.simulator, 20);
    const [first] = stack.processes();
    first?.pause();
    await waitForCalls(stack.simulator, 45);
    first?.resume();
    const calls = await waitForCalls(stack.simulator, 80);
    expectEachOnce(80);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
  });
});
