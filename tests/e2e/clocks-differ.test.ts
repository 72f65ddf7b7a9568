import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { postWebhook } from '../support/ingress.ts';
import {
  callsByOrder,
  mostInASecond,
  placeCalls,
  placing,
  waitForCalls,
} from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

const within = { timeout: 40_000 };
const shiftClock = new URL('../integration/fixtures/shift-clock.ts', import.meta.url).href;

let stack: Stack;
let webhookId: string;
let ahead: TestProcess;
let behind: TestProcess;
let clocked: TestProcess[];

const wrongBy = (ms: number) => ({ NODE_OPTIONS: `--import=${shiftClock}?ms=${ms}` });

beforeEach(async () => {
  stack = await openStack({
    env: {
      ...fastScheduler,
      LEASE_MS: '2 seconds',
      LEASE_RENEWAL_MS: '500 ms',
      CALL_TIMEOUT_MS: '20 seconds',
      ABSENT_AFTER_MS: '3 seconds',
    },
  });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
  [ahead, behind] = await Promise.all([
    stack.start('ingress', wrongBy(2000)),
    stack.start('ingress', wrongBy(-2000)),
  ]);
  await Promise.all([2000, -2000].map(async (ms) => await stack.start('scheduler', wrongBy(ms))));
  clocked = [...stack.processes()];
  await Promise.all([2000, -2000].map(async (ms) => await stack.start('executor', wrongBy(ms))));
  // The book has a row and was read: what is new in it afterwards can be told.
  await buy(ahead, 'FIRST');
  await expect.poll(async () => await statusOf('FIRST'), within).toBe('filled');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const buy = async ({ url }: TestProcess, symbol: string) =>
  await postWebhook(url, { webhookId, body: { symbol, action: 'BUY' } });

async function statusOf(symbol: string) {
  const row = stack.db.selectFrom('orders').select('status').where('symbol', '=', symbol);
  return (await row.executeTakeFirstOrThrow()).status;
}

it('clocks that are four seconds apart change no age, no duplicate, no lease and no settlement', async () => {
  // Told at the start by all that go by their own clock, which executors do not.
  await Promise.all(clocked.map(async (each) => await each.waitForEvent('clock_differs')));

  // One age for all, whoever stored it, and one window for duplicates.
  await buy(ahead, 'ONE');
  await buy(behind, 'TWO');
  const again = await buy(behind, 'ONE');
  expect(again.body).toMatchObject({ duplicate: true });
  const { rows } = await sql<{ age: number }>`
    select extract(epoch from expires_at - stored_at)::float8 as age from orders
    where symbol in ('ONE', 'TWO')`.execute(stack.db);
  for (const { age } of rows) expect(Math.abs(age - 60)).toBeLessThan(1.5);

  // A call that takes longer than the lease stays its executor's.
  stack.simulator.simulator.faults.add({
    kind: 'delay',
    ms: 5000,
    times: 2,
    symbol: 'SLOW',
    endpoints: placing,
  });
  await buy(ahead, 'SLOW');
  await expect.poll(async () => await statusOf('SLOW'), within).toBe('filled');
  expect(await movesOf('SLOW')).toEqual(['queued', 'submitting', 'accepted', 'filled']);

  // Settled by the database's instants around the reads.
  stack.simulator.simulator.faults.add({
    kind: 'reset_after',
    times: 1,
    symbol: 'FOUND',
    endpoints: placing,
  });
  stack.simulator.simulator.faults.add({
    kind: 'reset_before',
    times: 1,
    symbol: 'LOST',
    endpoints: placing,
  });
  await buy(behind, 'FOUND');
  await buy(ahead, 'LOST');
  await expect.poll(async () => await statusOf('FOUND'), within).toBe('filled');
  await expect.poll(async () => await statusOf('LOST'), within).toBe('absent');

  // The rate is Redis's clock's.
  const before = placeCalls(stack.simulator).length;
  for (let index = 0; index < 24; index++) await buy(index % 2 === 0 ? ahead : behind, `S${index}`);
  const calls = await waitForCalls(stack.simulator, before + 24);
  expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
  expect(Math.max(...callsByOrder(calls).values())).toBe(1);
});

async function movesOf(symbol: string): Promise<string[]> {
  const rows = await stack.db
    .selectFrom('order_events')
    .innerJoin('orders', 'orders.id', 'order_events.order_id')
    .select('to_status')
    .where('symbol', '=', symbol)
    .orderBy('order_events.seq')
    .execute();
  return rows.map(({ to_status }) => to_status);
}
