import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
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
  await parts.db.updateTable('openalgo_accounts').set({ trades_elsewhere: false }).execute();
});

const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' };
const sold = { ...sbin, action: 'SELL', quantity: 10 };
const first = { ...sbin, symbol: 'TCS', action: 'BUY', quantity: 1, orderid: 'T1' };
const before = { ...first, order_status: 'open' };
const left = { ...sold, orderid: 'R1', order_status: 'rejected' };

async function read(...orders: Record<string, unknown>[]): Promise<void> {
  await readOnce(seed, { mode: 'analyze', orders: [before, ...orders], trades: [] });
}

async function sell(): Promise<OrderId> {
  const orderId = await storeOrder(seed, { action: 'SELL' });
  await claimNow(seed.db, { orderId });
  return orderId;
}

/** An order that was rejected at once, then its twin, whose answer is lost. */
async function sellTwice(brokerOrderId: string | null): Promise<[OrderId, OrderId]> {
  await read();
  const one = await sell();
  const outcome = { kind: 'rejected', brokerOrderId, reason: 'RMS', mode: 'analyze' } as const;
  await answerFirst(seed.db, { orderId: one, outcome });
  const other = await sell();
  await answerFirst(seed.db, { orderId: other, outcome: unclearOutcome });
  return [one, other];
}

async function fateOf(id: OrderId) {
  return await seed.db
    .selectFrom('orders')
    .select(['status', 'broker_order_id as number'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

describe('the row that a rejected order left in the book', () => {
  it.each(['R1', null])('is not its later twin, the rejection naming %s', async (number) => {
    const [one, other] = await sellTwice(number);
    expect(await fateOf(one)).toEqual({ status: 'rejected', number });
    await read(left);
    await read(left);
    expect(await fateOf(other)).toEqual({ status: 'indeterminate', number: null });
    await read(left, { ...sold, orderid: 'R2', order_status: 'open' });
    expect(await fateOf(other)).toEqual({ status: 'accepted', number: 'R2' });
  });
});

it('a row that looks rejected but has traded is the twin’s', async () => {
  const [, other] = await sellTwice(null);
  await read({ ...left, filled_quantity: 4 });
  expect(await fateOf(other)).toEqual({ status: 'accepted', number: 'R1' });
});

it('where nothing was rejected before, a rejected row is the order’s as ever', async () => {
  await read();
  const orderId = await sell();
  await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
  await read(left);
  expect(await fateOf(orderId)).toEqual({ status: 'accepted', number: 'R1' });
});
