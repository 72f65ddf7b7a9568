import { confirmLiveTrading } from '@orderlane/db/accounts';
import { afterEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { fillsOf, openTradingStack, order } from '../support/follow.ts';
import { placeCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

let stack: Stack;

afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };

const broker = () => {
  const first = stack.simulator.simulator.accounts.first();
  if (first === undefined) throw new Error('no account at the simulator');
  return first;
};

async function account() {
  return await stack.db
    .selectFrom('openalgo_accounts')
    .select(['session_dead_at', 'mode'])
    .where('id', '=', stack.accountId)
    .executeTakeFirstOrThrow();
}

it('a dead session holds orders without calling, a ping that answers lets them go', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' }, env: { SESSION_PROBE_MS: '400' } });
  await stack.start('scheduler');
  broker().sessionAlive = false;
  const first = await order(stack);
  await expect.poll(async () => (await account()).session_dead_at, within).not.toBeNull();
  const second = await order(stack, { symbol: 'INFY' });
  const pings = () => stack.simulator.simulator.calls.list({ endpoint: 'ping' }).length;
  const before = placeCalls(stack.simulator).length;
  await expect.poll(pings, within).toBeGreaterThan(5);
  expect(placeCalls(stack.simulator)).toHaveLength(before);
  // Two schedulers take turns.
  const pinged = stack.simulator.simulator.calls.list({ endpoint: 'ping' });
  const gaps = pinged
    .slice(1)
    .map((ping, index) => ping.arrivedAtMs - (pinged[index]?.arrivedAtMs ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(300);

  broker().sessionAlive = true;
  for (const id of [first, second]) {
    await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('filled');
  }
  expect((await account()).session_dead_at).toBeNull();
  const alerts = await stack.db.selectFrom('alerts').select('code').execute();
  expect(alerts.map(({ code }) => code)).toContain('session_dead');
});

it('a book that says so shows that the session is dead before any order does', async () => {
  const env = { TRADING_CLOCK: '2026-02-10T09:00:00+05:30', BOOKS_IDLE_MS: '200' };
  stack = await openTradingStack({ simulator: { mode: 'live' }, env });
  broker().sessionAlive = false;
  await expect.poll(async () => (await account()).session_dead_at, within).not.toBeNull();
  const alerts = await stack.db.selectFrom('alerts').select(['code', 'count']).execute();
  expect(alerts).toEqual([{ code: 'session_dead', count: 1 }]);
});

it('a missing broker login is told before the market opens', async () => {
  const env = { TRADING_CLOCK: '2026-02-10T08:46:00+05:30', MODE_CHECK_MS: '200' };
  stack = await openStack({ env: { ...fastScheduler, ...env }, simulator: { mode: 'live' } });
  await stack.start('scheduler');
  await expect.poll(async () => (await account()).mode, within).toBe('live');
  broker().sessionAlive = false;
  await expect.poll(async () => (await account()).session_dead_at, within).not.toBeNull();
});

it("stores the mode, and an account that turns live waits for its owner's word", async () => {
  const env = { ...fastScheduler, TRADING_CLOCK: '2026-02-10T10:00:00+05:30' };
  stack = await openStack({ env, simulator: { mode: 'live' } });
  await stack.db
    .updateTable('openalgo_accounts')
    .set({ mode: 'analyze', live_confirmed_at: null })
    .where('id', '=', stack.accountId)
    .execute();
  await stack.start('scheduler');
  await expect.poll(async () => (await account()).mode, within).toBe('live');
  await stack.start('executor');
  const id = await storeOrder(await seedOn(stack));
  const marker = await storeOrder(await seedOn(stack), { expiresInMs: 2500 });
  await expect.poll(async () => (await fillsOf(stack, marker)).status, within).toBe('expired');
  expect(placeCalls(stack.simulator)).toEqual([]);
  await confirmLiveTrading(stack.db, stack.accountId);
  await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('filled');
  broker().mode = 'analyze';
  await expect.poll(async () => (await account()).mode, within).toBe('analyze');
});
