import { randomUUID } from 'node:crypto';
import { type ClaimSettings, claimOrder, giveBackOrder } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';
import type { Outcome } from '@orderlane/domain/outcome';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptedOutcome as accepted,
  answerFirst,
  claimNow,
  dueOrderIds,
  testClaimSettings as settings,
  statusOfOrder,
  unclearOutcome as unclear,
} from '../support/claims.ts';
import { makeStrategy, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let db: Db;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
  db = parts.db;
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(db);
});

const claim = async (orderId: OrderId, changes: Partial<ClaimSettings> = {}) =>
  await claimNow(db, { orderId, changes });
const answer = async (orderId: OrderId, outcome: Outcome) =>
  await answerFirst(db, { orderId, outcome });
const statusOf = async (id: OrderId) => await statusOfOrder(db, id);
const dueIds = async () => await dueOrderIds(db);

describe('order within an instrument', () => {
  it('makes an entry wait for an older one until it is settled, then wakes it', async () => {
    const first = await storeOrder(seed);
    const second = await storeOrder(seed, { quantity: 5 });
    expect(await claim(second)).toMatchObject({ verdict: 'waits', wakeInMs: null });
    expect(await dueIds()).not.toContain(second);
    await claim(first);
    const { woken } = await answer(first, accepted);
    expect(woken.map(({ id }) => id)).toEqual([second]);
    expect(await claim(second)).toMatchObject({ verdict: 'taken' });
  });

  it('keeps an entry waiting behind one whose fate is unknown', async () => {
    const first = await storeOrder(seed);
    const second = await storeOrder(seed, { quantity: 5 });
    await claim(first);
    await answer(first, unclear);
    expect(await claim(second)).toMatchObject({ verdict: 'waits' });
    expect(await dueIds()).not.toContain(second);
  });

  it('makes a stored exit void every older unsent entry', async () => {
    const entry = await storeOrder(seed);
    await storeOrder(seed, { role: 'exit' });
    expect(await statusOf(entry)).toBe('superseded');
  });

  it('never sends an entry that was given back after a newer exit', async () => {
    const entry = await storeOrder(seed);
    const claimId = randomUUID();
    await claimOrder(db, { orderId: entry, claimId, settings });
    await storeOrder(seed, { role: 'exit' });
    expect(await giveBackOrder(db, { orderId: entry, claimId })).toMatchObject({ isBack: true });
    expect(await claim(entry)).toEqual({ verdict: 'superseded' });
  });

  it('makes an exit wait for an older call in flight, but not for ever', async () => {
    const entry = await storeOrder(seed);
    await claim(entry);
    const exit = await storeOrder(seed, { role: 'exit' });
    const waiting = await claim(exit);
    expect(waiting.verdict).toBe('waits');
    expect(waiting).toHaveProperty('wakeInMs', expect.any(Number));
    expect(await claim(exit, { exitWaitMs: 0 })).toMatchObject({ verdict: 'taken' });
  });

  it('does not make an exit wait for what nobody knows', async () => {
    const entry = await storeOrder(seed);
    await claim(entry);
    await answer(entry, unclear);
    const exit = await storeOrder(seed, {
      role: 'exit',
      lane: 'regular',
      quantity: 10,
      targetPosition: null,
    });
    expect(await claim(exit)).toMatchObject({ verdict: 'taken' });
  });

  it('makes a smart order rest after the last order of its instrument became final', async () => {
    const entry = await storeOrder(seed);
    await claim(entry);
    await answer(entry, {
      kind: 'rejected',
      brokerOrderId: null,
      reason: 'margin',
      mode: 'analyze',
    });
    const exit = await storeOrder(seed, { role: 'exit' });
    expect(await claim(exit, { smartGapMs: 60_000 })).toMatchObject({ verdict: 'not_yet' });
    expect(await dueIds()).not.toContain(exit);
  });

  it('makes a smart order wait for an accepted order that may still fill', async () => {
    const entry = await storeOrder(seed);
    await claim(entry);
    await answer(entry, accepted);
    const exit = await storeOrder(seed, { role: 'exit' });
    expect(await claim(exit)).toMatchObject({ verdict: 'waits' });
    await db.updateTable('orders').set({ status: 'filled' }).where('id', '=', entry).execute();
    expect(await claim(exit)).toMatchObject({ verdict: 'taken' });
  });

  it('lets a newer target void an older one', async () => {
    const target = { lane: 'smart', quantity: 10, targetPosition: 10 } as const;
    const older = await storeOrder(seed, target);
    const newer = await storeOrder(seed, { ...target, action: 'SELL', targetPosition: -10 });
    expect(await statusOf(older)).toBe('superseded');
    expect(await claim(newer)).toMatchObject({ verdict: 'taken' });
  });
});

describe('one unsettled submission per fingerprint', () => {
  it('sends a twin of another strategy only after the first is known', async () => {
    const other = await makeStrategy(db, { account_id: seed.accountId });
    const first = await storeOrder(seed);
    const twin = await storeOrder({ ...seed, strategyId: other });
    await claim(first);
    expect(await claim(twin)).toMatchObject({ verdict: 'waits' });
    const { woken } = await answer(first, accepted);
    expect(woken.map(({ id }) => id)).toEqual([twin]);
    expect(await claim(twin)).toMatchObject({ verdict: 'taken' });
  });

  it('does not hold back an order of another quantity', async () => {
    const other = await makeStrategy(db, { account_id: seed.accountId });
    await claim(await storeOrder(seed));
    const different = await storeOrder({ ...seed, strategyId: other }, { quantity: 11 });
    expect(await claim(different)).toMatchObject({ verdict: 'taken' });
  });
});
