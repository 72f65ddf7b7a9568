import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';
import { fillNew, fillOrder, heldOf, sendOrder } from '../support/positions.ts';

let cli: Awaited<ReturnType<typeof openHereCli>>;
let seed: Seed;
let id: string;

beforeAll(async () => {
  cli = await openHereCli();
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
});
beforeEach(async () => {
  seed = await seedStrategy(cli.parts.db);
  id = String(seed.strategyId);
});

const list = async () => await cli.json(['positions', 'list', '--strategy', id]);

it('shows what is held and what is coming', async () => {
  await fillNew(seed, { quantity: 10 });
  await storeOrder(seed, { quantity: 5 });
  expect(await list()).toMatchObject([{ symbol: 'SBIN', own: 10, coming: 5, mode: 'analyze' }]);
});

describe('a person says what is owned', () => {
  it('short too, audited, and signals are decided by it', async () => {
    const set = await cli.json(['positions', 'set', id, 'nse:sbin:mis', '-7']);
    expect(set).toMatchObject({ symbol: 'SBIN', own: -7, before: 0, mode: 'analyze' });
    expect(await heldOf(seed)).toMatchObject({ own: -7 });
    const audit = await seed.db
      .selectFrom('audit_log')
      .select(['who', 'before', 'after'])
      .where('what', '=', 'position.set')
      .where('subject', 'like', `strategy ${id} %`)
      .execute();
    expect(audit).toEqual([{ who: 'cli:asha', before: { own: 0 }, after: { own: -7 } }]);
  });

  it.each([
    ['1.5', 'NSE:SBIN:MIS'],
    ['ten', 'NSE:SBIN:MIS'],
    ['999999999999', 'NSE:SBIN:MIS'],
    ['10', 'SBIN'],
    ['10', 'NSE:SBIN:NRML'],
    ['10', 'XYZ:SBIN:MIS'],
    ['10', 'NSE::MIS'],
    ['-10', 'NSE:SBIN:CNC'],
  ])('but not %s of %s', async (own, instrument) => {
    const { code, stderr } = await cli.run(['positions', 'set', id, instrument, own]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error invalid_position: /);
    expect(await list()).toEqual([]);
  });
});

describe('counted again from the orders', () => {
  it('what is stored is what comes out: fills in parts, exits, smart orders, and after a person', async () => {
    const partly = await storeOrder(seed, { quantity: 10 });
    await sendOrder(seed.db, partly);
    await fillOrder(seed.db, { orderId: partly, filled: 4, to: 'accepted' });
    const smart = await storeOrder(seed, { role: 'exit' });
    await fillOrder(seed.db, { orderId: partly, filled: 9, to: 'cancelled' });
    await sendOrder(seed.db, smart);
    await fillOrder(seed.db, { orderId: smart, filled: 9 });
    await seed.db.updateTable('closings').set({ status: 'verified' }).execute();
    await fillNew(seed, { quantity: 6 });
    await cli.json(['positions', 'set', id, 'NSE:SBIN:MIS', '20']);
    await fillNew(seed, { quantity: 1 });
    expect(await cli.json(['positions', 'rebuild'])).toEqual({ changed: [] });
    expect(await heldOf(seed)).toMatchObject({ own: 21 });
  });

  it('what was tampered with is put right', async () => {
    await fillNew(seed, { quantity: 10 });
    await seed.db.updateTable('positions').set({ own: 3 }).execute();
    const { changed } = (await cli.json(['positions', 'rebuild', '--strategy', id])) as {
      changed: unknown[];
    };
    expect(changed).toMatchObject([{ symbol: 'SBIN', before: 3, after: 10 }]);
    expect(await heldOf(seed)).toMatchObject({ own: 10 });
  });
});

describe('exit', () => {
  it('opens a closing of what is held, voids what would enter, and once', async () => {
    await fillNew(seed, { quantity: 10 });
    await seed.db.updateTable('strategies').set({ position_scope: 'strategy' }).execute();
    const queued = await storeOrder(seed, { quantity: 5 });
    expect(await cli.json(['exit', id, 'sbin'])).toMatchObject({
      closings: [{ symbol: 'SBIN', lane: 'regular', action: 'SELL', quantity: 10 }],
      already_closing: [],
    });
    expect(await claimNow(seed.db, { orderId: queued })).toEqual({ verdict: 'not_queued' });
    expect(await cli.json(['exit', id])).toEqual({
      closings: [],
      already_closing: ['NSE:SBIN:MIS'],
    });
  });

  it('of what is not held says so', async () => {
    const { code, stderr } = await cli.run(['exit', id, 'NEVER']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error nothing_to_exit: .*holds nothing in NEVER/);
  });
});
