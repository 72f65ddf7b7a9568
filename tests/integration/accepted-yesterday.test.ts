import type { OrderId } from '@orderlane/domain/ids';
import { tellUnseenEnds } from '@orderlane/scheduler/tell-unseen-ends';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptedOutcome, answerFirst, claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

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

/** An order that OpenAlgo accepted on an earlier day and whose end no book ever showed. */
async function acceptedEarlier(age: string): Promise<OrderId> {
  const orderId = await storeOrder(seed);
  await claimNow(parts.db, { orderId });
  await answerFirst(parts.db, { orderId, outcome: acceptedOutcome });
  await sql`update orders set claimed_at = book_day_start() - ${age}::interval where id = ${orderId}`.execute(
    parts.db,
  );
  return orderId;
}

async function readToday(): Promise<void> {
  await sql`insert into book_reads (account_id, clean_started_at, clean_ended_at)
    values (${seed.accountId}, now(), now())`.execute(parts.db);
}

async function claimTarget(): Promise<string> {
  const target = { lane: 'smart', targetPosition: -5, action: 'SELL', quantity: 5 } as const;
  const orderId = await storeOrder(seed, target);
  return (await claimNow(parts.db, { orderId })).verdict;
}

it('holds up no smart order for ever: a clean book of today without it is its end', async () => {
  await acceptedEarlier('10 hours');
  expect(await claimTarget()).toBe('waits');
  await readToday();
  expect(await claimTarget()).toBe('taken');
});

it('holds it up while a book of today shows it: it was given while the market was closed', async () => {
  await acceptedEarlier('10 hours');
  await readToday();
  await sql`insert into broker_orders (account_id, broker_order_id, mode, exchange, symbol, product, action, quantity,
      status, status_since)
    values (${seed.accountId}, 'B1', 'analyze', 'NSE', 'SBIN', 'MIS', 'BUY', 10, 'open', now())`.execute(
    parts.db,
  );
  expect(await claimTarget()).toBe('waits');
});

it('holds it up some days at the most where no book can be read', async () => {
  await acceptedEarlier('5 days');
  expect(await claimTarget()).toBe('taken');
});

async function toldOf(orderId: OrderId): Promise<string[]> {
  const rows = await parts.db
    .selectFrom('alerts')
    .select('code')
    .where('order_id', '=', orderId)
    .execute();
  return rows.map(({ code }) => code);
}

it('is told of, once, when no book showed its end: it may have filled while nobody read', async () => {
  const orderId = await acceptedEarlier('10 hours');
  await tellUnseenEnds(parts.db);
  expect(await toldOf(orderId)).toEqual([]);
  await readToday();
  await tellUnseenEnds(parts.db);
  await sql`update alerts set bucket = bucket - interval '1 day'`.execute(parts.db);
  await tellUnseenEnds(parts.db);
  expect(await toldOf(orderId)).toEqual(['end_unseen']);
});
