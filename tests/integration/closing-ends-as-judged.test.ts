import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimResult, claimOrder } from '@orderlane/db/claim';
import { moveFollowedOrder } from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import type { OrderId } from '@orderlane/domain/ids';
import { newId } from '@orderlane/runtime/new-id';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow, testClaimSettings, unclearOutcome } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, heldOf, sendOrder } from '../support/positions.ts';
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

describe('an exit of 10 where the account is short', () => {
  /** The claim of an exit when the book shows so much (signed shares). */
  async function claimExit(shown: number): Promise<ClaimResult> {
    const orderId = await storeOrder(seed, { ...exit, quantity: 10, ownTarget: 0 });
    return await claimWith(orderId, shown);
  }

  const claimWith = async (orderId: OrderId, shown: number) =>
    await claimOrder(seed.db, { orderId, claimId: newId(), settings: testClaimSettings, shown });

  const ownOf = async () => (await heldOf(seed)).own;

  const othersTrade = async (isSo: boolean) =>
    await seed.db
      .updateTable('openalgo_accounts')
      .set({ trades_elsewhere: isSo })
      .where('id', '=', seed.accountId)
      .execute();

  // Bought a while ago: what fills beside an exit is another story.
  beforeEach(async () => {
    await fillNew(seed, { quantity: 10 });
    await sql`update positions set updated_at = now() - interval '1 minute'`.execute(seed.db);
  });

  it('goes out in whole where others trade there: their short has not sold what is held', async () => {
    await othersTrade(true);
    expect(await claimExit(-90)).toMatchObject({ verdict: 'taken', quantity: 10 });
  });

  it('takes the smaller of both where the book covers a part', async () => {
    await othersTrade(true);
    expect(await claimExit(4)).toMatchObject({ verdict: 'taken', quantity: 4 });
  });

  it('is sent by its closing, which neither ends nor forgets what is held', async () => {
    await othersTrade(true);
    expect(await claimExit(0)).toEqual({ verdict: 'cancelled' });
    await work(-90);
    expect(await closingsOf()).toEqual([{ status: 'open', target: 0 }]);
    expect(await ownOf()).toBe(10);
    const { id } = await seed.db
      .selectFrom('orders')
      .select('id')
      .where('strategy_id', '=', seed.strategyId)
      .where('status', '=', 'queued')
      .executeTakeFirstOrThrow();
    expect(await claimWith(id, -90)).toMatchObject({ verdict: 'taken', quantity: 10 });
  });

  it('was closed by somebody where nobody else is said to trade there', async () => {
    await othersTrade(false);
    expect(await claimExit(-90)).toEqual({ verdict: 'cancelled' });
    await work(-90);
    await work(-90);
    expect(await closingsOf()).toEqual([{ status: 'verified', target: 0 }]);
    expect(await ownOf()).toBe(0);
  });
});
