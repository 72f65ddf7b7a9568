import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import type { Fault } from '@orderlane/simulator/faults/fault';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { callsByOrder, placeCalls, placing, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let seed: Seed;

beforeEach(async () => {
  stack = await openStack({
    env: {
      BOOKS_UNSETTLED_MS: '300 ms',
      BOOKS_IDLE_MS: '500 ms',
      ABSENT_AFTER_MS: '3 seconds',
      CALL_TIMEOUT_MS: '1 second',
    },
  });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  // The book has a row and was read: what is new in it afterwards can be told.
  await send({ symbol: 'FIRST' });
  await expect.poll(async () => await statusOf('FIRST'), { timeout: 20_000 }).toBe('filled');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function send({
  symbol,
  ...plan
}: Partial<OrderPlan> & { symbol: string }): Promise<OrderId> {
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  const id = await storeOrder(seed, { expiresInMs: 300_000, ...plan, instrument });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  return id;
}

const fault = (value: Fault) =>
  stack.simulator.simulator.faults.add(
    value.symbol === undefined ? value : { endpoints: placing, ...value },
  );

const ordersOf = async (symbol: string) =>
  await stack.db
    .selectFrom('orders')
    .select(['status', 'broker_order_id', 'filled_quantity'])
    .where('symbol', '=', symbol)
    .orderBy('seq')
    .execute();

const statusOf = async (symbol: string) => (await ordersOf(symbol))[0]?.status;

const alertsAbout = async (orderId: OrderId) =>
  (
    await stack.db.selectFrom('alerts').select('code').where('order_id', '=', orderId).execute()
  ).map(({ code }) => code);

const expectCalledOnce = () =>
  expect(
    [...callsByOrder(placeCalls(stack.simulator)).values()].every((count) => count === 1),
  ).toBe(true);

describe('an order that reached the broker without an answer', () => {
  it.each<[string, Fault]>([
    ['reset after it was accepted', { kind: 'reset_after', times: 1, symbol: 'SBIN' }],
    ['a 500 after it was accepted', { kind: 'error_500_after', times: 1, symbol: 'SBIN' }],
    ['201 with an error', { kind: 'created_201', times: 1, symbol: 'SBIN' }],
    ['no order id', { kind: 'null_order_id', executed: true, times: 1, symbol: 'SBIN' }],
    [
      'executed after our patience',
      { kind: 'hang_then_execute', ms: 2000, times: 1, symbol: 'SBIN' },
    ],
  ])('%s: is found in the order book and followed to its fill', async (_name, value) => {
    fault(value);
    await send({ symbol: 'SBIN' });
    await expect
      .poll(async () => await ordersOf('SBIN'), { timeout: 30_000 })
      .toMatchObject([
        { status: 'filled', filled_quantity: 10, broker_order_id: expect.any(String) },
      ]);
    expectCalledOnce();
  });

  it('a smart order is found too, though OpenAlgo computed what it was', async () => {
    await send({ symbol: 'SBIN' });
    await expect.poll(async () => await statusOf('SBIN'), { timeout: 20_000 }).toBe('filled');
    fault({ kind: 'reset_after', times: 1, endpoints: ['placesmartorder'] });
    await send({ symbol: 'SBIN', role: 'exit' });
    await expect
      .poll(async () => await ordersOf('SBIN'), { timeout: 30_000 })
      .toMatchObject([{ status: 'filled' }, { status: 'filled', filled_quantity: 10 }]);
    expectCalledOnce();
  });

  it('where others trade on the account a person is asked', async () => {
    await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
    fault({ kind: 'reset_after', times: 1, symbol: 'SBIN' });
    const id = await send({ symbol: 'SBIN' });
    await expect
      .poll(async () => await alertsAbout(id), { timeout: 20_000 })
      .toContain('indeterminate');
    await waitForCalls(stack.simulator, 2);
    expect(await statusOf('SBIN')).toBe('indeterminate');
  });
});

describe('an order that never reached the broker', () => {
  it.each<[string, Fault]>([
    ['reset before', { kind: 'reset_before', times: 1, symbol: 'SBIN' }],
    ['a 500 before', { kind: 'error_500_before', times: 1, symbol: 'SBIN' }],
    ['HTML', { kind: 'html', times: 1, symbol: 'SBIN' }],
  ])(
    '%s: is absent after clean reads, with an alert, and never sent again',
    async (_name, value) => {
      fault(value);
      const id = await send({ symbol: 'SBIN' });
      await expect.poll(async () => await statusOf('SBIN'), { timeout: 30_000 }).toBe('absent');
      expect(await alertsAbout(id)).toContain('absent');
      expectCalledOnce();
    },
  );

  it('an empty book proves nothing', async () => {
    fault({ kind: 'empty_book' });
    fault({ kind: 'reset_before', times: 1, symbol: 'SBIN' });
    await send({ symbol: 'SBIN' });
    await expect
      .poll(async () => await statusOf('SBIN'), { timeout: 20_000 })
      .toBe('indeterminate');
    await expect
      .poll(async () => await bookReadsAfterClaim('SBIN'), { timeout: 20_000 })
      .toBe(true);
    expect(await statusOf('SBIN')).toBe('indeterminate');
  });
});

/** Whether the books were read, in vain, long after the order's call. */
async function bookReadsAfterClaim(symbol: string): Promise<boolean> {
  const read = await stack.db.selectFrom('book_reads').selectAll().executeTakeFirstOrThrow();
  const order = await stack.db
    .selectFrom('orders')
    .select('claimed_at')
    .where('symbol', '=', symbol)
    .executeTakeFirstOrThrow();
  const afterMs =
    (read.read_at?.getTime() ?? 0) - (order.claimed_at?.getTime() ?? Number.POSITIVE_INFINITY);
  return read.failure !== null && afterMs > 5000;
}
