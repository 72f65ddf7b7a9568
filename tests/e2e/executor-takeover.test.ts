import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { lanesServed } from '../support/lane-log.ts';
import { callsByOrder, placeCalls, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

const apikeys = Array.from({ length: 8 }, (_, index) => `test-api-key-${index}-0123456789`);

let stack: Stack;
let executors: TestProcess[];

beforeEach(async () => {
  stack = await openStack({ simulator: { apikeys: ['test-api-key-0123456789', ...apikeys] } });
  executors = await Promise.all(
    Array.from({ length: 3 }, async () => await stack.start('executor')),
  );
  // It brings back what an executor had taken and did not get to; it sends nothing.
  await stack.start('scheduler');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };
const lane = () => `regular.${stack.accountId}`;
const serving = () =>
  executors.filter((each) => each.isRunning() && lanesServed(each).includes(lane()));

async function queueMany(count: number): Promise<void> {
  await storeMany(await seedOn(stack), count, { expiresInMs: 300_000 });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

/** Nothing was sent twice, and what is not known to have been sent was under way in a process that died. */
async function expectAllSent(count: number, args: { killed: number }): Promise<void> {
  const rows = async () => await stack.db.selectFrom('orders').select('status').execute();
  const those = async (...statuses: string[]) =>
    (await rows()).filter(({ status }) => statuses.includes(status)).length;
  const open = async () => await those('queued', 'submitting');
  await expect.poll(open, { timeout: 90_000 }).toBe(0);
  const unclear = await those('indeterminate', 'absent');
  // One that is killed may have just claimed a second.
  expect(unclear).toBeLessThanOrEqual(2 * args.killed);
  await waitForCalls(stack.simulator, count - unclear);
  expect(Math.max(...callsByOrder(placeCalls(stack.simulator)).values())).toBe(1);
}

describe('a lane with queued orders that three executors could serve', { timeout: 150_000 }, () => {
  it('is served by two, and by the other of them when one is killed', async () => {
    await queueMany(60);
    await waitForCalls(stack.simulator, 10);
    await expect.poll(() => serving().length, within).toBe(2);
    const [victim] = serving();
    await victim?.kill();
    await expectAllSent(60, { killed: 1 });
    // The third has taken the place of the dead one meanwhile.
    await expect.poll(() => serving().length, within).toBe(2);
  });

  it('is served by the third when both are killed', async () => {
    await queueMany(60);
    await waitForCalls(stack.simulator, 10);
    await expect.poll(() => serving().length, within).toBe(2);
    await Promise.all(serving().map(async (victim) => await victim.kill()));
    await expectAllSent(60, { killed: 2 });
    expect(serving().length).toBe(1);
  });

  it('is served by another at once when they are asked to stop', async () => {
    await queueMany(60);
    await waitForCalls(stack.simulator, 10);
    await expect.poll(() => serving().length, within).toBe(2);
    await Promise.all(serving().map(async (each) => await each.stop()));
    await expectAllSent(60, { killed: 0 });
  });
});

it('the accounts are shared: each by two, none by nobody', async () => {
  const { db, simulator } = stack;
  const ids = [stack.accountId];
  for (const apiKey of apikeys) ids.push(await addAccount(db, { baseUrl: simulator.url, apiKey }));
  for (const accountId of ids) {
    const strategyId = await makeStrategy(db, { account_id: accountId });
    await storeOrder({ db, accountId, strategyId });
  }
  await enqueueJobs(stack.parts, await queuedOrders(db));
  await waitForCalls(simulator, ids.length);
  const servers = () => {
    const served = executors.flatMap(lanesServed);
    return ids.map((id) => served.filter((name) => name === `regular.${id}`).length);
  };
  await expect.poll(servers, within).toEqual(ids.map(() => 2));
  expect(
    executors.map((each) => lanesServed(each).length).every((count) => count < ids.length),
  ).toBe(true);
});
