import { createLanes, type Lanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Link, openLink } from '../chaos/links/link.ts';
import { freePort } from '../support/free-port.ts';
import { lanesServed } from '../support/lane-log.ts';
import { callsByOrder, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

const within = { timeout: 30_000 };

let stack: Stack;
let redis: Redis;
let lanes: Lanes;
let link: Link;
/** Where Postgres is reached through the link. */
let env: Record<string, string>;

beforeEach(async () => {
  stack = await openStack();
  redis = new Redis(stack.parts.redisUrl);
  lanes = createLanes({ redis, prefix: stack.parts.redisPrefix });
  const linked = new URL(stack.parts.databaseUrl);
  const [port, targetPort] = [await freePort(), Number(linked.port)];
  link = await openLink({ port, targetPort });
  linked.host = `127.0.0.1:${port}`;
  env = { DATABASE_URL: linked.href };
});
afterEach(async () => {
  await link.close();
  await lanes.close();
  redis.disconnect();
  await stack[Symbol.asyncDispose]();
});

const executors = async () => (await lanes.busy.attendance()).executors;
const active = async () => await lanes.queue('regular', stack.accountId).getActiveCount();
const accepted = async () =>
  (await stack.db.selectFrom('orders').select('id').where('status', '=', 'accepted').execute())
    .length;

async function queue(count: number): Promise<void> {
  const lasting = { expiresInMs: 300_000, lane: 'regular', targetPosition: null } as const;
  await storeMany(await seedOn(stack), count, lasting);
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

it('whose Postgres has gone silent leaves its orders to the other, and is back when it answers', async () => {
  const silent = await stack.start('executor', env);
  // Many at once: it has many connections by then.
  await queue(20);
  await expect.poll(accepted, within).toBe(20);
  await link.set({ mode: 'blackhole' });
  await queue(12);
  await expect.poll(active, within).toBe(12);
  await stack.start('executor');
  await stack.start('scheduler');
  await expect.poll(executors, within).toBe(1);
  const calls = await waitForCalls(stack.simulator, 32);
  expect(new Set(callsByOrder(calls).values())).toEqual(new Set([1]));
  expect(lanesServed(silent)).toEqual([]);

  await link.set({ mode: 'open' });
  await expect.poll(executors, within).toBe(2);
  await expect.poll(() => lanesServed(silent), within).toEqual([`regular.${stack.accountId}`]);
});

it('leaves its lanes to nobody where all of them are without Postgres, and serves them again afterwards', async () => {
  await Promise.all([stack.start('executor', env), stack.start('executor', env)]);
  await queue(1);
  await expect.poll(accepted, within).toBe(1);
  await link.set({ mode: 'blackhole' });
  await expect.poll(executors, within).toBe(0);
  await queue(5);
  await link.set({ mode: 'open' });
  await expect.poll(executors, within).toBe(2);
  await waitForCalls(stack.simulator, 6);
});
