import { recordAbsent } from '@orderlane/db/settle-orders';
import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, statusOfOrder, unclearOutcome } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, heldOf, sbin } from '../support/positions.ts';
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

const mode = 'analyze';
const earlier = { ...sbin, symbol: 'TCS', action: 'BUY', quantity: 1, orderid: 'T1' };
const sold = { ...sbin, action: 'SELL', quantity: 10 };

/** What sold all of its quantity, under these numbers. */
async function readSold(...numbers: string[]): Promise<void> {
  const trades = numbers.map((orderid) => ({ ...sold, orderid }));
  const orders = trades.map((trade) => ({ ...trade, order_status: 'complete' }));
  await readOnce(seed, { mode, trades, orders: [{ ...earlier, order_status: 'open' }, ...orders] });
}

async function sell(): Promise<OrderId> {
  const plan = { role: 'exit', lane: 'regular', action: 'SELL', quantity: 10 } as const;
  const orderId = await storeOrder(seed, { ...plan, targetPosition: null, ownTarget: 0 });
  await claimNow(seed.db, { orderId });
  return orderId;
}

async function sellAs(brokerOrderId: string): Promise<OrderId> {
  const orderId = await sell();
  await answerFirst(seed.db, { orderId, outcome: { kind: 'accepted', brokerOrderId, mode } });
  return orderId;
}

async function overfills() {
  return await seed.db
    .selectFrom('alerts')
    .select(['order_id', 'text', 'count'])
    .where('code', '=', 'exit_overfilled')
    .where('account_id', '=', seed.accountId)
    .execute();
}

it('an exit that was given up and fills when the next one had closed the position is told, and not traded back', async () => {
  await fillNew(seed, { quantity: 10 });
  await readSold();
  const lost = await sell();
  await answerFirst(seed.db, { orderId: lost, outcome: unclearOutcome });
  await recordAbsent(seed.db, { orderId: lost, code: 'absent', reason: 'no book shows it' });
  await sellAs('S2');
  await readSold('S2');
  expect(await heldOf(seed)).toMatchObject({ own: 0 });
  expect(await overfills()).toEqual([]);

  for (let read = 0; read < 2; read++) await readSold('S2', 'S1');
  expect(await statusOfOrder(seed.db, lost)).toBe('filled');
  expect(await heldOf(seed)).toMatchObject({ own: -10, coming: 0 });
  expect(await overfills()).toEqual([
    {
      order_id: lost,
      count: 1,
      text: expect.stringMatching(
        /SELL 10 NSE:SBIN:MIS.* holds -10 .*orderlane exit "[^<]+" SBIN$/,
      ),
    },
  ]);
});
