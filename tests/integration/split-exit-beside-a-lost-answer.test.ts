import { recordAbsent } from '@orderlane/db/settle-orders';
import { recordSymbolFacts } from '@orderlane/db/symbols';
import type { OrderId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, sendOrder } from '../support/positions.ts';
import { closingTimes, workOnce } from '../support/work-closings.ts';

let parts: FreshParts;
let seed: Seed;

// An order of SBIN may have 1800 at the most.
beforeEach(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
  const facts = { lotSize: 1, freezeQuantity: 1800, tickSize: null };
  await recordSymbolFacts(parts.db, { exchange: 'NSE', symbol: 'SBIN' }, facts);
});
afterEach(async () => {
  await parts.dispose();
});

async function queued(): Promise<OrderId | undefined> {
  await workOnce(seed);
  const row = await seed.db
    .selectFrom('orders')
    .select('id')
    .where('status', '=', 'queued')
    .executeTakeFirst();
  return row?.id;
}

/** What the claims of exits took for certain or in doubt: all that may be sold at the broker. */
async function sold(): Promise<number[]> {
  const rows = await seed.db
    .selectFrom('orders')
    .select('quantity')
    .where('role', '=', 'exit')
    .where('status', 'in', ['indeterminate', 'accepted', 'filled'])
    .orderBy('seq')
    .execute();
  return rows.map(({ quantity }) => quantity);
}

async function sendNext(): Promise<OrderId> {
  const orderId = await queued();
  if (orderId === undefined) throw new Error('nothing is queued');
  await sendOrder(seed.db, orderId);
  return orderId;
}

/** An exit of 5400, and of its first part no answer came. */
async function loseFirst(): Promise<OrderId> {
  for (const quantity of [1800, 1800, 1800]) await fillNew(seed, { quantity });
  const exit = { role: 'exit', lane: 'regular', action: 'SELL', targetPosition: null } as const;
  const orderId = await storeOrder(seed, { ...exit, quantity: 5400, ownTarget: 0 });
  expect(await claimNow(seed.db, { orderId })).toMatchObject({ verdict: 'taken' });
  await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
  return orderId;
}

it('the parts of which all is known go out beside one whose answer was lost, and no share twice', async () => {
  const lost = await loseFirst();
  await sendNext();
  const third = await sendNext();
  expect(await queued()).toBeUndefined();
  expect(await sold()).toEqual([1800, 1800, 1800]);
  await fillOrder(seed.db, { orderId: third, filled: 1800 });
  expect(await queued()).toBeUndefined();

  // It never arrived: now it is known, and sent.
  await recordAbsent(seed.db, { code: 'absent', orderId: lost, reason: 'test' });
  await sendNext();
  expect(await queued()).toBeUndefined();
  expect(await sold()).toEqual([1800, 1800, 1800]);
});

it('parts that rest beside it are cancelled one right after the other', async () => {
  await loseFirst();
  await sendNext();
  await sendNext();
  const cancelled: string[] = [];
  const cancelRested = async () =>
    await workOnce(seed, {
      times: { ...closingTimes, restMs: 60_000, watchMs: 60_000 },
      cancel: async (_, brokerOrderId) =>
        void (await Promise.resolve(cancelled.push(brokerOrderId))),
    });
  const old = { answered_at: sql<Date>`now() - interval '2 minutes'`, cancel_asked_at: null };
  await seed.db.updateTable('orders').set(old).where('status', '=', 'accepted').execute();
  await cancelRested();
  await cancelRested();
  expect(new Set(cancelled).size).toBe(2);
});
