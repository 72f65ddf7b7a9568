import { pauseAccount } from '@orderlane/db/accounts';
import type { ClaimSettings } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import { toggleStrategy } from '@orderlane/db/strategies';
import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimNow, dueOrderIds, statusOfOrder } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
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
const statusOf = async (id: OrderId) => await statusOfOrder(db, id);
const dueIds = async () => await dueOrderIds(db);

describe('status', () => {
  it('lets exactly one of many claims take an order', async () => {
    const id = await storeOrder(seed);
    const claims = await Promise.all(Array.from({ length: 8 }, async () => await claim(id)));
    expect(claims.filter(({ verdict }) => verdict === 'taken')).toHaveLength(1);
    expect(claims.filter(({ verdict }) => verdict === 'not_queued')).toHaveLength(7);
  });

  it('writes the attempt down before any call', async () => {
    const id = await storeOrder(seed);
    expect(await claim(id)).toEqual({ verdict: 'taken', attempt: 1, quantity: 10, voided: [] });
    const rows = await db.selectFrom('executions').selectAll().where('order_id', '=', id).execute();
    expect(rows).toMatchObject([{ attempt: 1, executor: 'test', answered_at: null }]);
  });

  it('refuses moves that the order life does not have', async () => {
    const id = await storeOrder(seed);
    const move = db.updateTable('orders').set({ status: 'filled' }).where('id', '=', id).execute();
    await expect(move).rejects.toThrow(/cannot move from queued to filled/);
  });
});

describe('age', () => {
  it('expires an order whose age ran out, even if no sweep came by', async () => {
    const id = await storeOrder(seed, { expiresInMs: 0 });
    expect(await claim(id)).toEqual({ verdict: 'expired' });
    expect(await statusOf(id)).toBe('expired');
  });
});

describe('activity and brakes', () => {
  it('voids a queued entry of a strategy that was turned off', async () => {
    const id = await storeOrder(seed);
    await toggleStrategy(db, { id: seed.strategyId, isActive: false });
    expect(await claim(id)).toEqual({ verdict: 'cancelled' });
  });

  it('still sends an exit of a strategy that was turned off', async () => {
    const id = await storeOrder(seed, { role: 'exit' });
    await toggleStrategy(db, { id: seed.strategyId, isActive: false });
    expect(await claim(id)).toMatchObject({ verdict: 'taken' });
  });

  it('holds orders of a paused account on the row, off the lane', async () => {
    const id = await storeOrder(seed, { role: 'exit' });
    expect(await dueIds()).toContain(id);
    await pauseAccount(db, { id: seed.accountId, reason: 'test' });
    expect(await claim(id)).toEqual({ verdict: 'braked', brake: 'account_paused' });
    expect(await statusOf(id)).toBe('queued');
    expect(await dueIds()).not.toContain(id);
  });

  it('sends nothing of a live account before its owner has said so', async () => {
    const id = await storeOrder(seed);
    await db
      .updateTable('openalgo_accounts')
      .set({ mode: 'live' })
      .where('id', '=', seed.accountId)
      .execute();
    expect(await claim(id)).toEqual({ verdict: 'braked', brake: 'trading_off' });
  });

  it('stops entries but not exits while entries are stopped', async () => {
    const brake = {
      scope: 'strategy',
      scope_id: seed.strategyId,
      strength: 'stop_entries',
    } as const;
    await db
      .insertInto('brakes')
      .values({ ...brake, set_by: 'test' })
      .execute();
    const entry = await storeOrder(seed);
    expect(await claim(entry)).toEqual({ verdict: 'braked', brake: 'entries_stopped' });
    const exit = await storeOrder(seed, { role: 'exit' });
    expect(await claim(exit)).toMatchObject({ verdict: 'taken' });
  });
});
