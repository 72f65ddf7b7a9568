import { claimBrokerOrder } from '@orderlane/db/settle-orders';
import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { heldOf } from '../support/positions.ts';
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

/** Its answer was lost, and no book has shown it yet. */
async function loseOrder(): Promise<OrderId> {
  const orderId = await storeOrder(seed);
  await claimNow(seed.db, { orderId });
  await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
  return orderId;
}

const instrument = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
const row = { ...instrument, action: 'BUY', quantity: 10, orderid: 'B77' };

async function fateOf(id: OrderId) {
  return await seed.db
    .selectFrom('orders')
    .select(['status', 'filled_quantity', 'mode'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

const place = async (orderId: OrderId) =>
  await claimBrokerOrder(seed.db, { orderId, brokerOrderId: 'B77', by: 'somebody' });

it('an order that a person named before any book showed it is followed to its fill', async () => {
  const orderId = await loseOrder();
  expect(await place(orderId)).toBe(true);
  const orders = [{ ...row, order_status: 'complete' }];
  await readOnce(seed, { mode: 'analyze', orders, trades: [row] });
  const end = { status: 'filled', filled_quantity: 10, mode: 'analyze' };
  expect(await fateOf(orderId)).toEqual(end);
  expect(await heldOf(seed)).toMatchObject({ own: 10, coming: 0 });
});
