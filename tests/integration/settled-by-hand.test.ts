import { randomUUID } from 'node:crypto';
import { recordAccountMode } from '@orderlane/db/accounts';
import { claimOrder, giveBackOrder } from '@orderlane/db/claim';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import type { OrderId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptedOutcome,
  answerFirst,
  claimNow,
  testClaimSettings,
  unclearOutcome,
} from '../support/claims.ts';
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

describe('an order that a person said was not placed', () => {
  const deny = async (orderId: OrderId) =>
    await recordAbsent(seed.db, { orderId, code: 'not_placed', reason: 'somebody looked' });

  it('is not sent again when its executor says that it sent nothing', async () => {
    const orderId = await storeOrder(seed);
    const claimId = randomUUID();
    await claimOrder(seed.db, { orderId, claimId, settings: testClaimSettings });
    await seed.db
      .updateTable('orders')
      .set({ status: 'indeterminate' })
      .where('id', '=', orderId)
      .execute();
    expect(await deny(orderId)).toBe(true);
    expect(await giveBackOrder(seed.db, { orderId, claimId })).toEqual({
      isBack: false,
      woken: [],
    });
    const outcome = { kind: 'not_sent', cause: 'unreachable', reason: 'refused' } as const;
    expect(await answerFirst(seed.db, { orderId, outcome })).toMatchObject({ status: 'absent' });
    expect(await fateOf(orderId)).toMatchObject({ status: 'absent' });
  });

  it('after it was thought absent is not sent again either', async () => {
    const orderId = await storeOrder(seed);
    const claimId = randomUUID();
    await claimOrder(seed.db, { orderId, claimId, settings: testClaimSettings });
    await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
    await recordAbsent(seed.db, { orderId, code: 'absent', reason: 'no book shows it' });
    expect(await deny(orderId)).toBe(true);
    expect(await giveBackOrder(seed.db, { orderId, claimId })).toMatchObject({ isBack: false });
  });

  it('is what its own answer says when that comes after all', async () => {
    const orderId = await loseOrder();
    await deny(orderId);
    expect(await answerFirst(seed.db, { orderId, outcome: acceptedOutcome })).toMatchObject({
      status: 'accepted',
    });
  });
});

it('an order that was called before the analyzer was switched is not absent by the other book', async () => {
  await sql`update openalgo_accounts set live_confirmed_at = now()`.execute(seed.db);
  await recordAccountMode(seed.db, { id: seed.accountId, mode: 'live' });
  const before = await loseOrder();
  await recordAccountMode(seed.db, { id: seed.accountId, mode: 'analyze' });
  const other = await storeOrder(seed, { instrument: { ...instrument, symbol: 'INFY' } });
  await claimNow(seed.db, { orderId: other });
  await answerFirst(seed.db, { orderId: other, outcome: unclearOutcome });
  // As if all of it had been long ago.
  await sql`update orders set claimed_at = claimed_at - interval '3 minutes'`.execute(seed.db);
  await sql`update openalgo_accounts set mode_since = mode_since - interval '3 minutes'`.execute(
    seed.db,
  );
  const orders = [{ ...row, symbol: 'TCS', order_status: 'complete' }];
  for (let read = 0; read < 2; read++) {
    await readOnce(seed, { mode: 'analyze', orders, trades: [] });
  }
  expect(await fateOf(before)).toMatchObject({ status: 'indeterminate' });
  expect(await fateOf(other)).toMatchObject({ status: 'absent' });
  // Nothing but a person can settle it, and he is asked about it by its own name.
  const questions = await seed.db
    .selectFrom('alerts')
    .select('order_id')
    .where('code', '=', 'indeterminate')
    .where('text', 'like', '%may be in the other book%')
    .execute();
  expect(questions).toEqual([{ order_id: before }]);
});
