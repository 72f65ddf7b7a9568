import { type BrakeTarget, setBrake } from '@orderlane/db/brakes';
import { newId } from '@orderlane/runtime/new-id';
import { closeUnasked } from '@orderlane/scheduler/close-unasked';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeAccount, type Seed, seedStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew } from '../support/positions.ts';

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
  await fillNew(seed, { quantity: 10 });
});

/** The strategy trades elsewhere from now on; what it holds stays where it was built. */
async function moveStrategy(): Promise<Seed> {
  const accountId = await makeAccount(seed.db);
  await seed.db
    .updateTable('strategies')
    .set({ account_id: accountId })
    .where('id', '=', seed.strategyId)
    .execute();
  return { ...seed, accountId };
}

async function flatten(target: BrakeTarget): Promise<void> {
  const brake = { strength: 'flatten', reason: null, setBy: 'test' } as const;
  await setBrake(seed.db, target, brake);
  await closeUnasked({
    ...{ db: seed.db, newId, isAuctionStock: () => false, calendar: new Map() },
    now: () => Temporal.ZonedDateTime.from('2026-02-10T10:00:00+05:30[Asia/Kolkata]'),
    enqueue: async () => await Promise.resolve(),
  });
}

/** Accounts on which something of the strategy is being closed. */
async function closingOn(): Promise<number[]> {
  const rows = await seed.db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select('si.account_id')
    .where('si.strategy_id', '=', seed.strategyId)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

it('closes what a strategy holds there that trades on another account by now', async () => {
  await moveStrategy();
  await flatten({ scope: 'account', id: seed.accountId });
  expect(await closingOn()).toEqual([seed.accountId]);
});

it('leaves alone what such a strategy holds on another account', async () => {
  const moved = await moveStrategy();
  await fillNew(moved, { quantity: 10 });
  await flatten({ scope: 'account', id: moved.accountId });
  expect(await closingOn()).toEqual([moved.accountId]);
});

it('of a strategy, closes what it holds on whichever account', async () => {
  const moved = await moveStrategy();
  await fillNew(moved, { quantity: 10 });
  await flatten({ scope: 'strategy', id: seed.strategyId });
  expect((await closingOn()).toSorted()).toEqual([seed.accountId, moved.accountId].toSorted());
});
