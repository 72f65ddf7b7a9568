import { listDueOrders } from '@orderlane/db/due-orders';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, statusOfOrder } from '../support/claims.ts';
import { storeOrder } from '../support/factories.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: { SWEEP_MS: '200' } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('a call whose executor went silent becomes indeterminate, with an alert, and is never queued again', async () => {
  const id = await storeOrder(await seedOn(stack));
  await claimNow(stack.db, { orderId: id, changes: { leaseMs: 300, sendWindowMs: 300 } });
  await Promise.all([stack.start('scheduler'), stack.start('scheduler')]);
  await expect.poll(async () => await statusOfOrder(stack.db, id)).toBe('indeterminate');
  const alerts = await stack.db
    .selectFrom('alerts')
    .select(['code', 'count', 'order_id'])
    .execute();
  expect(alerts).toEqual([{ code: 'lease_lost', count: 1, order_id: id }]);
});

it('leaves a call alone whose lease still runs', async () => {
  const seed = await seedOn(stack);
  const instrument = { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } as const;
  const alive = await storeOrder(seed, { instrument });
  const lost = await storeOrder(seed);
  await claimNow(stack.db, { orderId: alive, changes: { leaseMs: 60_000, sendWindowMs: 1 } });
  await claimNow(stack.db, { orderId: lost, changes: { leaseMs: 1, sendWindowMs: 1 } });
  await stack.start('scheduler');
  await expect.poll(async () => await statusOfOrder(stack.db, lost)).toBe('indeterminate');
  expect(await statusOfOrder(stack.db, alive)).toBe('submitting');
});

it("the attempt's own answer still wins, and an exit that waited for the call goes on", async () => {
  const seed = await seedOn(stack);
  const entry = await storeOrder(seed);
  await claimNow(stack.db, { orderId: entry, changes: { leaseMs: 300, sendWindowMs: 300 } });
  const exit = await storeOrder(seed, {
    role: 'exit',
    lane: 'regular',
    quantity: 10,
    targetPosition: null,
  });
  expect(await claimNow(stack.db, { orderId: exit })).toMatchObject({ verdict: 'waits' });
  await stack.start('scheduler');
  await expect.poll(async () => await statusOfOrder(stack.db, entry)).toBe('indeterminate');
  const due = await listDueOrders(stack.db, { limit: 10 });
  expect(due.map(({ id }) => id)).toEqual([exit]);
  const outcome = { kind: 'accepted', brokerOrderId: 'B1', mode: 'analyze' } as const;
  await answerFirst(stack.db, { orderId: entry, outcome });
  expect(await statusOfOrder(stack.db, entry)).toBe('accepted');
});
