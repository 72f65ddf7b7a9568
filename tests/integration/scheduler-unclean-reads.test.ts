import type { Fault } from '@orderlane/simulator/faults/fault';
import { afterEach, expect, it } from 'vitest';
import { fillsOf, openTradingStack, order, untilRead } from '../support/follow.ts';
import type { Stack } from '../support/stack.ts';

let stack: Stack;

afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };
const statusOf = async (id: Awaited<ReturnType<typeof order>>) => (await fillsOf(stack, id)).status;

async function bookRead() {
  return await stack.db.selectFrom('book_reads').selectAll().executeTakeFirstOrThrow();
}

const unclean: Fault[] = [
  { kind: 'empty_book', endpoints: ['orderbook'] },
  { kind: 'book_error', endpoints: ['orderbook'] },
  { kind: 'book_error', endpoints: ['tradebook'] },
  { kind: 'order_book_lag', ms: 3_600_000 },
  { kind: 'html', endpoints: ['orderbook'] },
  { kind: 'hang', endpoints: ['tradebook'] },
];

it.each(unclean)('a read with $kind changes nothing', async (fault) => {
  stack = await openTradingStack({ simulator: { mode: 'live' }, env: { BOOKS_TIMEOUT_MS: '500' } });
  const id = await order(stack, { fault: { kind: 'fill_late', ms: 2000 } });
  await expect.poll(async () => await statusOf(id), within).toBe('accepted');
  await untilRead(stack, 2);
  stack.simulator.simulator.faults.add(fault);
  await untilRead(stack, 1);
  const before = await bookRead();
  const filledBy = Date.now() + 3000;
  await expect.poll(() => Date.now() > filledBy, within).toBe(true);
  await untilRead(stack, 2);
  const after = await bookRead();
  expect(await statusOf(id)).toBe('accepted');
  expect(after.clean_ended_at).toEqual(before.clean_ended_at);
  expect(after.failure).not.toBeNull();
  stack.simulator.simulator.faults.clear();
  await expect.poll(async () => await statusOf(id), within).toBe('filled');
});

it('an empty book is no clean read, even of an account that never ordered', async () => {
  const env = { TRADING_CLOCK: '2026-02-10T12:00:00+05:30', BOOKS_IDLE_MS: '200' };
  stack = await openTradingStack({ simulator: { mode: 'live' }, env });
  await untilRead(stack, 3);
  expect(await bookRead()).toMatchObject({
    clean_ended_at: null,
    failure: 'order book: it is empty',
  });
});

it('a read that lacks an order which it showed before changes nothing', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' } });
  const known = await order(stack, { symbol: 'INFY' });
  await expect.poll(async () => await statusOf(known), within).toBe('filled');
  const id = await order(stack, { fault: { kind: 'rest' } });
  await expect.poll(async () => await statusOf(id), within).toBe('accepted');
  const book = stack.simulator.simulator.accounts.first()?.live;
  const rows = [...(book?.orders.values() ?? [])];
  const [infy, sbin] = [rows.find(({ symbol }) => symbol === 'INFY'), rows.at(-1)];
  if (book === undefined || infy === undefined || sbin?.symbol !== 'SBIN')
    throw new Error('no orders');
  book.orders.delete(infy.orderid);
  await untilRead(stack, 1);
  book.fill(sbin, { quantity: 10, price: 800, at: Date.now() });
  await untilRead(stack, 4);
  expect(await statusOf(id)).toBe('accepted');
  expect((await bookRead()).failure).toContain(infy.orderid);
  book.orders.set(infy.orderid, infy);
  await expect.poll(async () => await statusOf(id), within).toBe('filled');
});

it('complete without its trades is not believed', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' } });
  stack.simulator.simulator.faults.add({ kind: 'empty_book', endpoints: ['tradebook'] });
  const id = await order(stack);
  await expect.poll(async () => await statusOf(id), within).toBe('accepted');
  await untilRead(stack, 4);
  expect(await statusOf(id)).toBe('accepted');
  stack.simulator.simulator.faults.clear();
  await expect.poll(async () => await statusOf(id), within).toBe('filled');
});

it('an order that rests does not end because its row copies the one before', async () => {
  const env = { BOOKS_INHERITED_MS: '600000' };
  stack = await openTradingStack({ simulator: { mode: 'live' }, env });
  const first = await order(stack, { symbol: 'INFY', fault: { kind: 'reject_late', ms: 1 } });
  await expect.poll(async () => await statusOf(first), within).toBe('rejected');
  const rests = await order(stack, { fault: { kind: 'rest' } });
  await expect.poll(async () => await statusOf(rests), within).toBe('accepted');
  stack.simulator.simulator.faults.add({ kind: 'inherited_status' });
  await untilRead(stack, 6);
  const seen = stack.db.selectFrom('broker_orders').select('status').where('symbol', '=', 'SBIN');
  await expect.poll(async () => await seen.execute(), within).toEqual([{ status: 'rejected' }]);
  expect(await statusOf(rests)).toBe('accepted');
});

it('a status of one read alone is not believed', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' } });
  const id = await order(stack, { fault: { kind: 'rest' } });
  await expect.poll(async () => await statusOf(id), within).toBe('accepted');
  const book = stack.simulator.simulator.accounts.first()?.live;
  const placed = [...(book?.orders.values() ?? [])][0];
  if (book === undefined || placed === undefined) throw new Error('no order at the simulator');
  // Shown as cancelled by every second read.
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'orderbook' }).length;
  Object.defineProperty(placed, 'status', {
    get: () => (reads() % 2 === 0 ? 'cancelled' : 'open'),
  });
  await untilRead(stack, 6);
  expect(await statusOf(id)).toBe('accepted');
});

it("remembers when it first saw each of the broker's orders, and when it was still absent", async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' } });
  const first = await order(stack);
  await expect.poll(async () => await statusOf(first), within).toBe('filled');
  const cleanBefore = (await bookRead()).clean_ended_at;
  const second = await order(stack, { symbol: 'INFY' });
  await expect.poll(async () => await statusOf(second), within).toBe('filled');
  const rows = await stack.db
    .selectFrom('broker_orders')
    .selectAll()
    .orderBy('first_seen_at')
    .execute();
  expect(rows.map(({ symbol, mode }) => [symbol, mode])).toEqual([
    ['SBIN', 'live'],
    ['INFY', 'live'],
  ]);
  expect(rows[0]?.absent_at).toBeNull();
  expect(rows[1]?.absent_at?.getTime()).toBeGreaterThanOrEqual(cleanBefore?.getTime() ?? 0);
  const sent = await stack.db
    .selectFrom('orders')
    .select('sent_at')
    .where('id', '=', second)
    .executeTakeFirstOrThrow();
  expect(rows[1]?.first_seen_at.getTime()).toBeGreaterThan(sent.sent_at?.getTime() ?? Infinity);
});
