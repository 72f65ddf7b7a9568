import { findOrderToSend } from '@orderlane/db/due-orders';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow, statusOfOrder, unclearOutcome } from '../support/claims.ts';
import { makeStrategy, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, heldOf, sendOrder } from '../support/positions.ts';

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
const closeAll = { ...exit, ownTarget: 0 } as const;

describe('own and coming', () => {
  it('an order is coming until it fills, and own as far as it filled', async () => {
    const orderId = await storeOrder(seed, { quantity: 10 });
    expect(await heldOf(seed)).toEqual({ own: 0, coming: 10, entries: 1 });
    await sendOrder(seed.db, orderId);
    await fillOrder(seed.db, { orderId, filled: 4, to: 'accepted' });
    expect(await heldOf(seed)).toEqual({ own: 4, coming: 6, entries: 1 });
    await fillOrder(seed.db, { orderId, filled: 7, to: 'cancelled' });
    expect(await heldOf(seed)).toEqual({ own: 7, coming: 0, entries: 1 });
  });

  it('an order of unknown fate is still coming', async () => {
    const orderId = await storeOrder(seed, { quantity: 10 });
    await claimNow(seed.db, { orderId });
    await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
    expect(await heldOf(seed)).toEqual({ own: 0, coming: 10, entries: 1 });
  });

  it('entries are counted anew once flat', async () => {
    await fillNew(seed, { quantity: 10 });
    await fillNew(seed, { quantity: 5 });
    expect(await heldOf(seed)).toEqual({ own: 15, coming: 0, entries: 2 });
    await fillNew(seed, { ...closeAll, quantity: 15 });
    expect(await heldOf(seed)).toEqual({ own: 0, coming: 0, entries: 0 });
  });

  it('short is negative', async () => {
    await fillNew(seed, { quantity: 10, action: 'SELL' });
    expect(await heldOf(seed)).toMatchObject({ own: -10 });
  });

  it("a smart order to 0 leaves no strategy's position on the account's instrument", async () => {
    const { accountId, db } = seed;
    const other = { ...seed, strategyId: await makeStrategy(db, { account_id: accountId }) };
    await fillNew(seed, { quantity: 10 });
    await fillNew(other, { quantity: 3 });
    const orderId = await storeOrder(seed, { role: 'exit' });
    expect(await heldOf(seed)).toMatchObject({ own: 10, coming: -10 });
    await sendOrder(db, orderId);
    // OpenAlgo sold what the account held, the trader's own 7 shares too.
    await fillOrder(db, { orderId, filled: 20 });
    expect(await heldOf(seed)).toMatchObject({ own: 0, coming: 0 });
    expect(await heldOf(other)).toMatchObject({ own: 0, coming: 0 });
  });

  it('a smart target is what is held afterwards, whatever it traded', async () => {
    const orderId = await storeOrder(seed, { lane: 'smart', targetPosition: -5, action: 'SELL' });
    expect(await heldOf(seed)).toMatchObject({ own: 0, coming: -5 });
    await sendOrder(seed.db, orderId);
    await fillOrder(seed.db, { orderId, filled: 12 });
    expect(await heldOf(seed)).toMatchObject({ own: -5, coming: 0 });
  });

  it('live and analyzer positions are two', async () => {
    await fillNew(seed, { quantity: 10 });
    await sql`update openalgo_accounts set mode = 'live', live_confirmed_at = now() where id = ${seed.accountId}`.execute(
      seed.db,
    );
    expect(await heldOf(seed)).toEqual({ own: 0, coming: 0, entries: 0 });
  });
});

describe('at the claim', () => {
  const toTarget = (ownTarget: number) => ({ ownTarget, quantity: ownTarget });

  it('a target counts what older orders bring: 10, then 20, are 20', async () => {
    const first = await storeOrder(seed, toTarget(10));
    await sendOrder(seed.db, first);
    const second = await storeOrder(seed, toTarget(20));
    const claim = await claimNow(seed.db, { orderId: second });
    expect(claim).toMatchObject({ verdict: 'taken', quantity: 10 });
    expect(await findOrderToSend(seed.db, { ...seed, id: second, smartGapMs: 0 })).toMatchObject({
      quantity: 10,
    });
  });

  it('a target that is reached by then is not sent', async () => {
    const orderId = await storeOrder(seed, toTarget(10));
    await sql`insert into positions (strategy_instrument_id, mode, own)
      select strategy_instrument_id, 'analyze', 10 from orders where id = ${orderId}
      on conflict (strategy_instrument_id, mode) do update set own = 10`.execute(seed.db);
    expect(await claimNow(seed.db, { orderId })).toEqual({ verdict: 'cancelled' });
    expect(await statusOfOrder(seed.db, orderId)).toBe('cancelled');
  });

  it('an exit takes what is held for certain, not what an entry may still bring', async () => {
    const entry = await storeOrder(seed, { quantity: 10 });
    await sendOrder(seed.db, entry);
    await fillOrder(seed.db, { orderId: entry, filled: 6, to: 'accepted' });
    const orderId = await storeOrder(seed, { ...closeAll, quantity: 6 });
    expect(await claimNow(seed.db, { orderId })).toMatchObject({ verdict: 'taken', quantity: 6 });
  });

  it('an exit takes nothing that another exit takes already', async () => {
    await fillNew(seed, { quantity: 10 });
    const first = await storeOrder(seed, { ...exit, ownTarget: 4, quantity: 6 });
    const second = await storeOrder(seed, { ...closeAll, quantity: 10 });
    expect(await claimNow(seed.db, { orderId: first })).toMatchObject({ quantity: 6 });
    await answerFirst(seed.db, { orderId: first, outcome: unclearOutcome });
    expect(await claimNow(seed.db, { orderId: second })).toMatchObject({ quantity: 4 });
  });

  it('an exit takes nothing that a reversal on its way takes already', async () => {
    await fillNew(seed, { quantity: 10 });
    const reversal = await storeOrder(seed, { action: 'SELL', quantity: 20, ownTarget: -10 });
    await sendOrder(seed.db, reversal);
    const orderId = await storeOrder(seed, { ...closeAll, quantity: 10 });
    expect(await claimNow(seed.db, { orderId })).toEqual({ verdict: 'cancelled' });
    await fillOrder(seed.db, { orderId: reversal, filled: 20 });
    const cover = await storeOrder(seed, { ...closeAll, action: 'BUY', quantity: 10 });
    expect(await claimNow(seed.db, { orderId: cover })).toMatchObject({ quantity: 10 });
  });

  it('an exit of what is gone is not sent', async () => {
    const orderId = await storeOrder(seed, { ...closeAll, quantity: 10 });
    expect(await claimNow(seed.db, { orderId })).toEqual({ verdict: 'cancelled' });
  });

  it('a newer target makes an unsent older one void', async () => {
    const first = await storeOrder(seed, toTarget(10));
    const second = await storeOrder(seed, toTarget(20));
    expect(await statusOfOrder(seed.db, first)).toBe('superseded');
    expect(await claimNow(seed.db, { orderId: second })).toMatchObject({ quantity: 20 });
  });
});
