import { setTimeout as sleep } from 'node:timers/promises';
import { moveFollowedOrder } from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import { newId } from '@orderlane/runtime/new-id';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, sendOrder } from '../support/positions.ts';
import { lookThatShows, workOnce } from '../support/work-closings.ts';

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

const exit = { role: 'exit', lane: 'regular', action: 'SELL', targetPosition: null } as const;
const ignore = async () => await Promise.resolve();

/**
 * A scheduler's one step of every closing, by books that show the account's quantity.
 * @param other is done once the books were read, and committed a moment after the step was decided
 */
async function work(shown: number, other: (db: Db) => Promise<unknown> = ignore): Promise<void> {
  let beside = Promise.resolve();
  await workOnce(seed, {
    look: async () => {
      const done = Promise.withResolvers<void>();
      beside = seed.db.transaction().execute(async (db) => {
        await other(db);
        done.resolve();
        await sleep(500);
      });
      await Promise.race([done.promise, beside]);
      return lookThatShows(shown);
    },
  });
  await beside;
}

async function closingsOf() {
  return await seed.db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select(['closings.status', 'closings.target'])
    .where('si.strategy_id', '=', seed.strategyId)
    .execute();
}

it('a closing that an exit of all joins while its part is proved goes on', async () => {
  await fillNew(seed, { quantity: 10 });
  await fillNew(seed, { ...exit, quantity: 5, ownTarget: 5 });
  await work(5);
  const all = { ...exit, quantity: 5, ownTarget: 0 };
  await work(5, async (db) => await storeOrder({ ...seed, db }, all));
  expect(await closingsOf()).toEqual([{ status: 'open', target: 0 }]);
});

it('a closing is not verified while a lost entry turns up filled', async () => {
  const orderId = await storeOrder(seed);
  await claimNow(seed.db, { orderId });
  await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
  const last = await storeOrder(seed, { ...exit, quantity: 10, ownTarget: 0 });
  await recordAbsent(seed.db, { code: 'absent', orderId, reason: 'test' });
  expect(await claimNow(seed.db, { orderId: last })).toMatchObject({ verdict: 'cancelled' });
  await work(0);
  const brokerOrderId = newId();
  await work(0, async (db) => {
    await claimBrokerOrder(db, { orderId, brokerOrderId, by: 'test' });
    const end = { to: 'filled', mode: 'analyze', averagePrice: 100, reason: null } as const;
    await moveFollowedOrder(db, { id: orderId, from: 'accepted', filledQuantity: 10, ...end });
  });
  expect(await closingsOf()).toEqual([{ status: 'open', target: 0 }]);
});

it('an exit of the account that filled is sent again when two looks show the same open, not by a stale one', async () => {
  await fillNew(seed, { quantity: 10 });
  const orderId = await storeOrder(seed, { role: 'exit' });
  await sendOrder(seed.db, orderId);
  await fillOrder(seed.db, { orderId, filled: 10 });
  const waiting = async () =>
    await seed.db
      .selectFrom('orders')
      .select(['lane', 'target_position'])
      .where('strategy_id', '=', seed.strategyId)
      .where('status', '=', 'queued')
      .execute();
  await work(10);
  expect(await waiting()).toEqual([]);
  await work(4);
  expect(await waiting()).toEqual([]);
  await work(4);
  expect(await waiting()).toEqual([{ lane: 'smart', target_position: 0 }]);
});
