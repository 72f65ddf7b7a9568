import { rebuildPositions } from '@orderlane/db/positions';
import { type PruneOptions, prune } from '@orderlane/db/prune';
import { sealOrderEvents } from '@orderlane/db/seal-order-events';
import { storeSignal } from '@orderlane/db/store-signal';
import { verifyOrderEvents } from '@orderlane/db/verify-order-events';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import {
  makeSignal,
  makeStrategy,
  type Seed,
  seedStrategy,
  storeOrder,
} from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, heldOf, sendOrder } from '../support/positions.ts';

let parts: FreshParts;
let seed: Seed;

beforeEach(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
});
afterEach(async () => {
  await parts.dispose();
});

const dayMs = 86_400_000;
const retention = {
  signalsMs: 90 * dayMs,
  ordersMs: 1827 * dayMs,
  booksMs: 90 * dayMs,
  alertsMs: 365 * dayMs,
};
const exit = {
  role: 'exit',
  lane: 'regular',
  action: 'SELL',
  targetPosition: null,
  ownTarget: 0,
} as const;
const infy = { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } as const;

const pruneNow = async (options: Partial<PruneOptions> = {}) =>
  await prune(parts.db, {
    retention,
    limit: 2,
    pauseMs: 0,
    shutdown: new AbortController().signal,
    ...options,
  });

/** As if all that is there had been written so many days earlier. */
async function age(days: number): Promise<void> {
  const columns = {
    signals: ['received_at'],
    signal_keys: ['accepted_at'],
    orders: ['stored_at', 'final_at'],
    position_moves: ['at'],
    closings: ['opened_at', 'ended_at'],
    broker_orders: ['last_seen_at'],
    alerts: ['at', 'sent_at'],
  };
  for (const [table, names] of Object.entries(columns)) {
    const sets = names.map((name) => `${name} = ${name} - interval '${days} days'`);
    await sql.raw(`update ${table} set ${sets.join(', ')}`).execute(parts.db);
  }
}

/** Buys and sells again, with the closing that proves it. */
async function tradeOnce(quantity: number): Promise<void> {
  await fillNew(seed, { quantity });
  await fillNew(seed, { ...exit, quantity });
  await sql`select end_closing(id, 'verified', null) from closings where status = 'open'`.execute(
    parts.db,
  );
}

async function countOf(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from ${sql.table(table)}`.execute(parts.db);
  return rows[0]?.n ?? -1;
}

async function ids(table: 'orders' | 'signals'): Promise<string[]> {
  return (await parts.db.selectFrom(table).select('id').execute()).map(({ id }) => id);
}

it('what is young stays, all of it', async () => {
  await fillNew(seed, { quantity: 10 });
  await storeSignal(
    parts.db,
    makeSignal(seed, { verdict: 'refused', code: 'no_mapping', httpStatus: 400 }),
  );
  await age(89);
  expect(await pruneNow()).toEqual({
    ...{ orders: 0, closings: 0, signalKeys: 0, signals: 0, books: 0, alerts: 0 },
  });
});

it('signals that became no order go, in bites; those of orders stay with them', async () => {
  const orderId = await storeOrder(seed);
  for (let at = 0; at < 5; at++) {
    const refused = { verdict: 'refused', code: 'no_mapping', httpStatus: 400 } as const;
    await storeSignal(parts.db, makeSignal(seed, refused));
  }
  await age(91);
  expect(await pruneNow()).toMatchObject({ signals: 5, orders: 0 });
  expect(await ids('orders')).toEqual([orderId]);
  expect(await countOf('signals')).toBe(1);
});

it('orders that ended go with their attempts, moves and signals; their sealed moves of status stay', async () => {
  await tradeOnce(10);
  await sealOrderEvents(parts.db, { limit: 1000 });
  const events = await countOf('order_events');
  await age(2000);
  expect(await pruneNow()).toMatchObject({ orders: 2, closings: 1, signals: 1 });
  for (const table of ['orders', 'executions', 'closings']) expect(await countOf(table)).toBe(0);
  expect(await countOf('order_events')).toBe(events);
  expect(await verifyOrderEvents(parts.db)).toMatchObject({ flaws: [], sealFlaws: [] });
  expect(await rebuildPositions(parts.db)).toEqual([]);
  await fillNew(seed, { quantity: 7 });
  expect(await rebuildPositions(parts.db)).toEqual([]);
  expect(await heldOf(seed)).toMatchObject({ own: 7 });
});

it('nothing goes of what is held, is under way, or is waited for', async () => {
  await fillNew(seed, { quantity: 10 });
  const other = {
    ...seed,
    strategyId: await makeStrategy(parts.db, { account_id: seed.accountId }),
  };
  await sendOrder(parts.db, await storeOrder(other));
  const unclear = await storeOrder(other, { instrument: infy });
  await claimNow(parts.db, { orderId: unclear });
  await answerFirst(parts.db, { orderId: unclear, outcome: unclearOutcome });
  await age(4000);
  const before = (await ids('orders')).toSorted();
  expect(await pruneNow()).toMatchObject({ orders: 0, closings: 0 });
  expect((await ids('orders')).toSorted()).toEqual(before);
  expect(await rebuildPositions(parts.db)).toEqual([]);
});

it('what was held when the orders grew old goes once it is flat', async () => {
  const entry = await fillNew(seed, { quantity: 10 });
  await age(2000);
  await fillNew(seed, { ...exit, quantity: 4 });
  await pruneNow();
  expect(await ids('orders')).toContain(entry);
  await fillNew(seed, { ...exit, quantity: 6 });
  await pruneNow();
  expect(await ids('orders')).not.toContain(entry);
  expect(await rebuildPositions(parts.db)).toEqual([]);
});

it("a smart order that ended another strategy's position takes nothing of it away", async () => {
  const other = {
    ...seed,
    strategyId: await makeStrategy(parts.db, { account_id: seed.accountId }),
  };
  await fillNew(other, { quantity: 3 });
  await fillNew(seed, {
    role: 'exit',
    lane: 'smart',
    action: 'SELL',
    quantity: 0,
    targetPosition: 0,
  });
  await age(2000);
  await fillNew(other, { quantity: 5 });
  await pruneNow();
  expect(await rebuildPositions(parts.db)).toEqual([]);
  expect(await heldOf(other)).toMatchObject({ own: 5 });
});

it('a position that its orders do not explain keeps them, and holds up no others', async () => {
  await tradeOnce(10);
  const plain = await storeOrder(seed, { instrument: infy });
  await parts.db
    .updateTable('orders')
    .set({ status: 'cancelled' })
    .where('id', '=', plain)
    .execute();
  await sql`update orders set filled_quantity = 9 where role = 'exit'`.execute(parts.db);
  await age(2000);
  await pruneNow();
  expect(await countOf('orders')).toBe(2);
  expect(await ids('orders')).not.toContain(plain);
});

it('fills that come while it works are counted', async () => {
  for (let at = 0; at < 4; at++) await tradeOnce(10);
  await age(2000);
  const fresh = await storeOrder(seed, { quantity: 10 });
  await sendOrder(parts.db, fresh);
  const filling = async () => {
    for (const filled of [1, 2, 3, 4, 5]) {
      await fillOrder(parts.db, { orderId: fresh, filled, to: 'accepted' });
    }
  };
  await Promise.all([pruneNow(), pruneNow(), filling()]);
  expect(await rebuildPositions(parts.db)).toEqual([]);
  expect(await heldOf(seed)).toMatchObject({ own: 5, coming: 5 });
});

it('rows of books and alerts go once nobody needs them', async () => {
  const open = await storeOrder(seed);
  const brokerOrderId = await sendOrder(parts.db, open);
  for (const [id, days] of [
    ['gone', 100],
    [brokerOrderId, 100],
    ['shown', 1],
  ] as const) {
    await sql`
      insert into broker_orders (account_id, broker_order_id, mode, exchange, symbol, product, action, quantity, status, status_since, last_seen_at)
        values (${seed.accountId}, ${id}, 'live', 'NSE', 'SBIN', 'MIS', 'BUY', 1, 'open', now(), now() - ms(${days * dayMs}))`.execute(
      parts.db,
    );
  }
  for (const sent of [true, false]) {
    await sql`
      insert into alerts (code, subject, bucket, text, at, sent_at)
        values ('order_rejected', ${`alert ${sent}`}, now(), 'a text', now() - interval '400 days', ${sent ? new Date() : null})`.execute(
      parts.db,
    );
  }
  expect(await pruneNow()).toMatchObject({ books: 1, alerts: 1 });
  expect(await countOf('broker_orders')).toBe(2);
  expect(await countOf('alerts')).toBe(1);
});

it('a key is remembered as long as its signal is the last of its instrument', async () => {
  await storeOrder(seed);
  const { strategy_instrument_id: si, signal_id: last } = await parts.db
    .selectFrom('last_signals')
    .select(['strategy_instrument_id', 'signal_id'])
    .executeTakeFirstOrThrow();
  for (const signal of [last, crypto.randomUUID()]) {
    await sql`
      insert into signal_keys (strategy_instrument_id, key, action, target_position, signal_id)
        values (${si}, ${`key of ${signal}`}, 'BUY', '', ${signal})`.execute(parts.db);
  }
  await age(100);
  expect(await pruneNow()).toMatchObject({ signalKeys: 1 });
  const left = await parts.db.selectFrom('signal_keys').select('signal_id').execute();
  expect(left).toEqual([{ signal_id: last }]);
});

it('asked to stop, it ends after the bite under way', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await pruneNow({ shutdown: stop.signal })).toMatchObject({ orders: 0, signals: 0 });
});
