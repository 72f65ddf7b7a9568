import type { OrderStatus } from '@orderlane/domain/order';
import { poll } from '@orderlane/local/poll';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { callsByOrder, placeCalls, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let seed: Seed;

beforeEach(async () => {
  stack = await openStack({ env: { LEASE_MS: '2 seconds', LEASE_RENEWAL_MS: '500 ms' } });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function queueEntries(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `STOCK${index}`, product: 'MIS' } as const;
    await storeOrder(seed, { instrument, expiresInMs: 300_000 });
  }
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

const withStatus = async (...statuses: OrderStatus[]) =>
  (await stack.db.selectFrom('orders').select('id').where('status', 'in', statuses).execute()).map(
    ({ id }) => id,
  );

async function settled(): Promise<void> {
  await poll(
    async () => ((await withStatus('queued', 'submitting')).length === 0 ? true : undefined),
    {
      what: 'no order queued or submitting',
      withinMs: 50_000,
    },
  );
}

describe('an executor that is killed', () => {
  it('in the middle of a hundred orders leaves each called once or indeterminate, none twice', async () => {
    stack.simulator.simulator.faults.add({ kind: 'delay', ms: 300 });
    const [victim] = await Promise.all([stack.start('executor'), stack.start('executor')]);
    await stack.start('scheduler');
    await queueEntries(100);
    await waitForCalls(stack.simulator, 40);
    await victim.kill();
    await settled();
    const counts = callsByOrder(placeCalls(stack.simulator));
    expect(Math.max(...counts.values())).toBe(1);
    // Those whose answer was lost may have been found in the order book by now.
    const accepted = await withStatus('accepted', 'filled');
    const indeterminate = await withStatus('indeterminate', 'absent');
    expect(accepted.length + indeterminate.length).toBe(100);
    expect(indeterminate.length).toBeLessThan(10);
    expect(accepted.every((id) => counts.get(id) === 1)).toBe(true);
  });

  it('between pick-up and claim leaves its orders to another', async () => {
    const redis = new Redis(stack.parts.redisUrl);
    const gate = `${stack.parts.redisPrefix}:gate:${stack.accountId}`;
    const victim = await stack.start('executor');
    const shut = Date.now() + 3_600_000;
    await redis.hset(gate, { next: shut, smart_next: shut });
    await queueEntries(5);
    await victim.waitForEvent('lane_served');
    await poll(async () => ((await activeJobs(redis)) === 5 ? true : undefined), {
      what: 'all jobs picked up',
      withinMs: 20_000,
    });
    await victim.kill();
    await redis.hset(gate, { next: 0, smart_next: 0 });
    redis.disconnect();
    await stack.start('executor');
    await waitForCalls(stack.simulator, 5);
    expect([...callsByOrder(placeCalls(stack.simulator)).values()]).toEqual([1, 1, 1, 1, 1]);
    expect(await withStatus('indeterminate')).toEqual([]);
  });

  it('is asked to stop: it finishes its calls and leaves the rest queued', async () => {
    stack.simulator.simulator.faults.add({ kind: 'delay', ms: 1000 });
    const victim = await stack.start('executor');
    await queueEntries(30);
    await waitForCalls(stack.simulator, 10);
    expect(await victim.stop()).toMatchObject({ code: 0 });
    expect(await withStatus('submitting', 'indeterminate')).toEqual([]);
    const called = callsByOrder(placeCalls(stack.simulator));
    expect((await withStatus('accepted')).length).toBe(called.size);
    expect((await withStatus('queued')).length).toBe(30 - called.size);
  });
});

async function activeJobs(redis: Redis): Promise<number> {
  return await redis.llen(`${stack.parts.redisPrefix}:regular.${stack.accountId}:active`);
}
