import { markSessionAlive } from '@orderlane/db/accounts';
import { poll } from '@orderlane/local/poll';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { callsByOrder, placeCalls, placing, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let seed: Seed;

beforeEach(async () => {
  stack = await openStack();
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
  await Promise.all([stack.start('executor'), stack.start('executor'), stack.start('scheduler')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function queueEntries(count: number, expiresInMs: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const instrument = {
      exchange: 'NSE',
      symbol: `S${index}-${expiresInMs}`,
      product: 'MIS',
    } as const;
    await storeOrder(seed, { instrument, expiresInMs });
  }
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
}

const statuses = async () =>
  (await stack.db.selectFrom('orders').select(['symbol', 'status']).execute()).map(
    ({ symbol, status }) => `${symbol.split('-')[1]} ${status === 'filled' ? 'accepted' : status}`,
  );

it('while OpenAlgo is down orders wait; afterwards each arrives once, and stale entries are void', async () => {
  await stack.simulator.goDown();
  await queueEntries(30, 300_000);
  await queueEntries(5, 1000);
  await poll(
    async () =>
      (await statuses()).filter((each) => each === '1000 expired').length === 5 ? true : undefined,
    { what: 'the stale entries expired', withinMs: 30_000 },
  );
  await stack.simulator.comeBack();
  await waitForCalls(stack.simulator, 30);
  await expect
    .poll(async () => new Set(await statuses()), { timeout: 20_000 })
    .toEqual(new Set(['300000 accepted', '1000 expired']));
  expect(
    [...callsByOrder(placeCalls(stack.simulator)).values()].every((count) => count === 1),
  ).toBe(true);
  expect(placeCalls(stack.simulator)).toHaveLength(30);
});

it('an answer in HTML is never taken for a "no": the order stays indeterminate and is not sent again', async () => {
  stack.simulator.simulator.faults.add({ kind: 'html', times: 1, endpoints: placing });
  await queueEntries(1, 300_000);
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(['300000 indeterminate']);
  await enqueueJobs(stack.parts, [{ ...(await anyOrder()), priority: 10 }]);
  await queueEntries(1, 200_000);
  await waitForCalls(stack.simulator, 2);
  expect([...callsByOrder(placeCalls(stack.simulator)).values()]).toEqual([1, 1]);
});

async function anyOrder() {
  const row = await stack.db
    .selectFrom('orders')
    .select(['id', 'account_id', 'lane'])
    .executeTakeFirstOrThrow();
  return { id: row.id, accountId: row.account_id, lane: row.lane };
}

it('a refused key stops the account until its session is back', async () => {
  const fault = stack.simulator.simulator.faults.add({
    kind: 'invalid_key',
    endpoints: ['placeorder', 'ping'],
  });
  await queueEntries(3, 300_000);
  const account = () =>
    stack.db.selectFrom('openalgo_accounts').select('session_dead_at').executeTakeFirstOrThrow();
  await expect
    .poll(async () => (await account()).session_dead_at, { timeout: 20_000 })
    .not.toBeNull();
  const refused = placeCalls(stack.simulator).length;
  expect(refused).toBeLessThanOrEqual(3);
  stack.simulator.simulator.faults.remove(fault);
  await markSessionAlive(stack.db, stack.accountId);
  await waitForCalls(stack.simulator, refused + 3);
  await expect
    .poll(statuses, { timeout: 20_000 })
    .toEqual(['300000 accepted', '300000 accepted', '300000 accepted']);
});
