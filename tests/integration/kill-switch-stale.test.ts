import {
  cancelEntriesUnder,
  countOrdersUnder,
  expireOrdersUnder,
} from '@orderlane/db/braked-orders';
import { type BrakeTarget, holdKillSwitch, releaseBrake, setBrake } from '@orderlane/db/brakes';
import type { KillSwitch } from '@orderlane/domain/brakes';
import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { claimNow, dueOrderIds, statusOfOrder } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seed: Seed;
let target: BrakeTarget;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(parts.db);
  target = { scope: 'strategy', id: seed.strategyId };
});

const store = async (symbol: string, values: Partial<OrderPlan>) =>
  await storeOrder(seed, { instrument: { exchange: 'NSE', symbol, product: 'MIS' }, ...values });

async function storeOld(symbol: string, values: Partial<OrderPlan> = {}): Promise<OrderId> {
  const id = await store(symbol, values);
  const expires_at = sql<Date>`now()`;
  await parts.db.updateTable('orders').set({ expires_at }).where('id', '=', id).execute();
  return id;
}

const set = async (strength: KillSwitch) =>
  await setBrake(parts.db, target, { strength, reason: null, setBy: 'test' });

async function release(): Promise<number> {
  return await parts.db.transaction().execute(async (db) => {
    await holdKillSwitch(db);
    const expired = await expireOrdersUnder(db, target);
    await releaseBrake(db, target);
    return expired;
  });
}

const alertsOf = async () =>
  await parts.db
    .selectFrom('alerts')
    .select(['code', 'subject', 'order_id', 'text'])
    .where('strategy_id', '=', seed.strategyId)
    .orderBy('code')
    .execute();

it('after a long halt nothing stale is sent, and each exit that expired is told', async () => {
  await set('halt');
  const old = await storeOld('OLD');
  const older = await storeOld('OLDER');
  const oldExit = await storeOld('EXIT', { role: 'exit' });

  expect(await release()).toBe(3);

  for (const id of [old, older, oldExit]) {
    expect(await claimNow(parts.db, { orderId: id })).toEqual({ verdict: 'not_queued' });
    expect(await statusOfOrder(parts.db, id)).toBe('expired');
  }
  expect(await alertsOf()).toEqual([
    {
      code: 'exit_expired',
      subject: `demo NSE:EXIT:MIS ${oldExit}`,
      order_id: oldExit,
      text: 'SELL all of EXIT (demo) was not sent before it expired: close the position by hand if it is open',
    },
    {
      code: 'expired',
      subject: 'demo',
      order_id: null,
      text: expect.stringMatching(/^demo: BUY 10 OLD(ER)? was not sent in time$/),
    },
  ]);
});

it('what waited and is still within its age goes out after the release', async () => {
  const entry = await store('YOUNG', { expiresInMs: 600_000 });
  const exit = await store('EXIT', { role: 'exit', expiresInMs: 600_000 });
  const due = async () => (await dueOrderIds(parts.db)).filter((id) => id === entry || id === exit);
  await set('halt');
  expect(await due()).toEqual([]);
  expect(await countOrdersUnder(parts.db, target)).toMatchObject({ heldEntries: 1, heldExits: 1 });

  expect(await release()).toBe(0);

  expect(await due()).toEqual([exit, entry]);
  for (const id of [entry, exit]) {
    expect(await claimNow(parts.db, { orderId: id })).toMatchObject({ verdict: 'taken' });
  }
});

it('an exit that a claim finds too old is told, though no sweep came by', async () => {
  const exit = await storeOld('EXIT', { role: 'exit' });
  expect(await claimNow(parts.db, { orderId: exit })).toEqual({ verdict: 'expired' });
  expect(await alertsOf()).toMatchObject([{ code: 'exit_expired', order_id: exit }]);
});

it('entries that a flatten cancels are gone at once, exits and other strategies stay', async () => {
  const entries = [await store('ONE', {}), await store('TWO', {})];
  const exit = await store('EXIT', { role: 'exit' });
  const other = await seedStrategy(parts.db);
  const spared = await storeOrder(other);

  const cancelled = await parts.db.transaction().execute(async (db) => {
    await holdKillSwitch(db);
    await set('flatten');
    return await cancelEntriesUnder(db, target, { code: 'flattening', reason: 'test' });
  });

  expect(cancelled.map(({ id }) => id).toSorted()).toEqual(entries.toSorted());
  for (const id of entries) expect(await statusOfOrder(parts.db, id)).toBe('cancelled');
  expect(await claimNow(parts.db, { orderId: exit })).toMatchObject({ verdict: 'taken' });
  expect(await claimNow(parts.db, { orderId: spared })).toMatchObject({ verdict: 'taken' });
});
