import { afterEach, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { placeCalls, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

const apiKey = 'test-api-key-other-0123456789';

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ simulator: { apikeys: ['test-api-key-0123456789', apiKey] } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('a job that got on the lane of another account is not sent with its key', async () => {
  const { db, simulator } = stack;
  const other = await addAccount(db, { baseUrl: simulator.url, apiKey });
  const strategyId = await makeStrategy(db, { account_id: other });
  const strayed = await storeOrder(await seedOn(stack), { quantity: 7 });
  const own = await storeOrder({ db, accountId: other, strategyId }, { quantity: 3 });
  await stack.start('executor');
  const jobs = await queuedOrders(db);
  await enqueueJobs(
    stack.parts,
    jobs.map((job) => ({ ...job, accountId: other, priority: job.id === strayed ? 1 : 10 })),
  );
  await waitForCalls(simulator, 1);
  const statusOf = async (id: string) =>
    (
      await db
        .selectFrom('orders')
        .select('status')
        .where('id', '=', id as never)
        .executeTakeFirst()
    )?.status;
  await expect.poll(async () => await statusOf(own)).not.toBe('queued');
  expect(placeCalls(simulator)).toHaveLength(1);
  expect(await statusOf(strayed)).toBe('queued');
  // Its own lane has it again, as the sweep puts it there.
  await stack.start('scheduler');
  await waitForCalls(simulator, 2);
});
