import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import type { Database } from '@orderlane/db/schema/database';
import type { OrderId } from '@orderlane/domain/ids';
import { poll } from '@orderlane/local/poll';
import { type ControlledTransaction, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statusOfOrder } from '../support/claims.ts';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { callsByOrder, mostInASecond, placeCalls, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let seed: Seed;
let opened: OpenedDb;
let held: ControlledTransaction<Database>;

beforeEach(async () => {
  stack = await openStack();
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
  opened = openDb({ databaseUrl: stack.parts.databaseUrl, poolSize: 1 });
});
afterEach(async () => {
  await opened.close();
  await stack[Symbol.asyncDispose]();
});

async function queue(name: string, count: number, expiresInMs: number): Promise<OrderId[]> {
  const ids: OrderId[] = [];
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `${name}${index}`, product: 'MIS' } as const;
    ids.push(await storeOrder(seed, { instrument, expiresInMs }));
  }
  return ids;
}

/** Makes the claims of these orders wait, each with its grant of the gate in hand. */
async function holdClaims(ids: readonly OrderId[]): Promise<void> {
  held = await opened.db.startTransaction().execute();
  await sql`select pg_advisory_xact_lock(claim_lock(o)) from orders o where id = any(${ids}::uuid[])`.execute(
    held,
  );
}

async function waitingClaims(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%claim_order%'`.execute(
    stack.db,
  );
  return rows[0]?.count ?? 0;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await poll(async () => ((await isSo()) ? true : undefined), { what, withinMs: 40_000 });
}

it('an executor that was stopped with a claim in hand, and goes on when the claim is lost, sends nothing', async () => {
  const executor = await stack.start('executor', {
    SEND_WINDOW_MS: '500 ms',
    LEASE_MS: '1 second',
  });
  await stack.start('scheduler');
  const [id] = await queue('LOST', 1, 12_000);
  if (id === undefined) throw new Error('No order');
  await holdClaims([id]);
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  await until('the claim waits', async () => (await waitingClaims()) === 1);
  executor.pause();
  await held.commit().execute();
  await until(
    'the lease has lapsed',
    async () => (await statusOfOrder(stack.db, id)) === 'indeterminate',
  );
  await until('the age has run out', async () => await isPastItsAge(id));
  executor.resume();
  // Only the executor knows that it sent nothing: it gives the order back, and its age ends it.
  await until('the order has ended', async () => (await statusOfOrder(stack.db, id)) === 'expired');
  expect(placeCalls(stack.simulator)).toEqual([]);
});

async function isPastItsAge(id: OrderId): Promise<boolean> {
  const { rows } = await sql<{ past: boolean }>`
    select expires_at < clock_timestamp() as past from orders where id = ${id}`.execute(stack.db);
  return rows[0]?.past ?? false;
}

// Counted where the calls arrive: a machine that stands still for a moment lets two come at once.
const counted = { retry: 2 };

it(
  'an executor that was stopped with claims in hand asks the gate again before it calls',
  counted,
  async () => {
    const patient = { SEND_WINDOW_MS: '30 seconds', LEASE_MS: '60 seconds' };
    const stopped = await stack.start('executor', patient);
    const ids = await queue('HELD', 6, 300_000);
    await holdClaims(ids);
    await enqueueJobs(stack.parts, await queuedOrders(stack.db));
    await until('the claims wait', async () => (await waitingClaims()) === 6);
    stopped.pause();
    await held.commit().execute();
    await until('all are claimed', async () => {
      const statuses = await Promise.all(ids.map(async (id) => await statusOfOrder(stack.db, id)));
      return statuses.every((status) => status === 'submitting');
    });
    await stack.start('executor', patient);
    await queue('OTHER', 30, 300_000);
    await enqueueJobs(stack.parts, await queuedOrders(stack.db));
    await waitForCalls(stack.simulator, 12);
    stopped.resume();
    const calls = await waitForCalls(stack.simulator, 36);
    expect([...callsByOrder(calls).values()].every((count) => count === 1)).toBe(true);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
  },
);
