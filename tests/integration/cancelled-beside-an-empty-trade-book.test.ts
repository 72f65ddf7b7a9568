import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { readOnce } from '../support/read-once.ts';

let parts: FreshParts;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(parts.db);
});

async function send(values: { action: 'BUY' | 'SELL'; brokerOrderId: string }): Promise<OrderId> {
  const { action, brokerOrderId } = values;
  const orderId = await storeOrder(seed, { action });
  await claimNow(seed.db, { orderId });
  const outcome = { kind: 'accepted', brokerOrderId, mode: 'live' } as const;
  await answerFirst(seed.db, { orderId, outcome });
  return orderId;
}

const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' };
const bought = { ...sbin, action: 'BUY', quantity: 10, orderid: 'B1' };
const sold = { ...sbin, action: 'SELL', quantity: 10, orderid: 'B2' };

async function read(args: { isBought: boolean; trades: Record<string, unknown>[] }): Promise<void> {
  const { isBought, trades } = args;
  const orders = [
    { ...bought, order_status: isBought ? 'complete' : 'open' },
    { ...sold, order_status: 'cancelled' },
  ];
  await readOnce(seed, { mode: 'live', orders, trades });
}

async function fateOf(id: OrderId) {
  return await seed.db
    .selectFrom('orders')
    .select(['status', 'filled_quantity as filled'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

it('an order that was cancelled with a part filled is not over before its trades can be seen', async () => {
  await send({ action: 'BUY', brokerOrderId: 'B1' });
  const exit = await send({ action: 'SELL', brokerOrderId: 'B2' });
  for (const trades of [[], [], []]) await read({ isBought: true, trades });
  expect(await fateOf(exit)).toEqual({ status: 'accepted', filled: 0 });
  await read({ isBought: true, trades: [bought, { ...sold, quantity: 4 }] });
  expect(await fateOf(exit)).toEqual({ status: 'cancelled', filled: 4 });
});

it('nor where the trade book showed something before', async () => {
  await send({ action: 'BUY', brokerOrderId: 'B1' });
  const exit = await send({ action: 'SELL', brokerOrderId: 'B2' });
  await read({ isBought: false, trades: [{ ...bought, quantity: 3 }] });
  for (const trades of [[], []]) await read({ isBought: false, trades });
  expect(await fateOf(exit)).toEqual({ status: 'accepted', filled: 0 });
});

it('one is over where nothing has traded yet', async () => {
  await send({ action: 'BUY', brokerOrderId: 'B1' });
  const exit = await send({ action: 'SELL', brokerOrderId: 'B2' });
  for (const trades of [[], []]) await read({ isBought: false, trades });
  expect(await fateOf(exit)).toEqual({ status: 'cancelled', filled: 0 });
});

it('one is not over while its own row says that more filled than its trades show', async () => {
  await send({ action: 'BUY', brokerOrderId: 'B1' });
  const exit = await send({ action: 'SELL', brokerOrderId: 'B2' });
  const orders = [
    { ...bought, order_status: 'complete' },
    { ...sold, order_status: 'cancelled', filled_quantity: 6 },
  ];
  for (const trades of [[bought], [bought]]) await readOnce(seed, { mode: 'live', orders, trades });
  expect(await fateOf(exit)).toEqual({ status: 'accepted', filled: 0 });
  await readOnce(seed, { mode: 'live', orders, trades: [bought, { ...sold, quantity: 6 }] });
  expect(await fateOf(exit)).toEqual({ status: 'cancelled', filled: 6 });
});
