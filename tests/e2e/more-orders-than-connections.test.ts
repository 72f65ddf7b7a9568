import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import type { Database } from '@orderlane/db/schema/database';
import type { OrderId } from '@orderlane/domain/ids';
import { poll } from '@orderlane/local/poll';
import { type ControlledTransaction, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { callsByOrder, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;
let opened: OpenedDb;
/** Keeps the claims of all orders waiting. */
let held: ControlledTransaction<Database>;

beforeEach(async () => {
  stack = await openStack();
  opened = openDb({ databaseUrl: stack.parts.databaseUrl, poolSize: 1 });
  held = await opened.db.startTransaction().execute();
});
afterEach(async () => {
  if (!held.isCommitted) await held.rollback().execute();
  await opened.close();
  await stack[Symbol.asyncDispose]();
});

async function queue(count: number): Promise<OrderId[]> {
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  const seed = { db: stack.db, accountId: stack.accountId, strategyId };
  const ids: OrderId[] = [];
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `MANY${index}`, product: 'MIS' } as const;
    ids.push(await storeOrder(seed, { instrument, expiresInMs: 300_000 }));
  }
  return ids;
}

async function claimsUnderWay(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%claim_order%'`.execute(
    stack.db,
  );
  return rows[0]?.count ?? 0;
}

it('more orders than connections to Postgres wait for their turn, and none fails for it', async () => {
  const count = 12;
  const ids = await queue(count);
  await sql`select pg_advisory_xact_lock(claim_lock(o)) from orders o where id = any(${ids}::uuid[])`.execute(
    held,
  );
  const executor = await stack.start('executor', { DATABASE_POOL_SIZE: '4' });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  await poll(async () => ((await claimsUnderWay()) > 0 ? true : undefined), {
    ...{ what: 'the first claim', withinMs: 40_000 },
  });
  // Longer than anybody waits for a connection.
  await sleep(3000);
  expect(await claimsUnderWay()).toBe(1);
  await held.commit().execute();
  const calls = await waitForCalls(stack.simulator, count);
  expect([...callsByOrder(calls).values()]).toEqual(Array.from({ length: count }, () => 1));
  expect(executor.logs().map(({ event }) => event)).not.toContain('lane_failed');
});
