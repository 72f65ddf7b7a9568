import { randomUUID } from 'node:crypto';
import { pageAlerts } from '@orderlane/db/alert-list';
import { closeSentAlerts, giveUpAlerts, listDueAlerts } from '@orderlane/db/alert-outbox';
import { raiseAlert } from '@orderlane/db/alerts';
import { claimBookReads, endBookRead, holdBookRead } from '@orderlane/db/book-reads';
import { listKnownBrokerOrders, recordBrokerOrders } from '@orderlane/db/broker-orders';
import { renewLeases } from '@orderlane/db/claim';
import { pageClosings } from '@orderlane/db/closing-list';
import { endClosing } from '@orderlane/db/closings';
import { findOrderToSend, listDueOrders } from '@orderlane/db/due-orders';
import { expireOrders, lapseLeases, wakeWaiters } from '@orderlane/db/ended-orders';
import { listFollowedOrders } from '@orderlane/db/follow-orders';
import { openDb } from '@orderlane/db/open-db';
import { listStrategiesToSquareOff, openSquareOffs } from '@orderlane/db/open-square-offs';
import { pageOrders } from '@orderlane/db/order-list';
import { findMoveCursor, listMoves, listUnseenMoves } from '@orderlane/db/order-moves';
import { pageSignals } from '@orderlane/db/signal-list';
import { findSignal } from '@orderlane/db/signals';
import { listTradedInstruments } from '@orderlane/db/square-off-exits';
import { pageSquareOffs } from '@orderlane/db/square-off-list';
import { takeUpSquareOff } from '@orderlane/db/square-off-steps';
import { takeSquareOffs } from '@orderlane/db/square-offs';
import { findStrategyByWebhook } from '@orderlane/db/strategies';
import { findWebhookTarget } from '@orderlane/db/webhook-target';
import { brandIds } from '@orderlane/domain/ids';
import { readStoredState } from '@orderlane/scheduler/metrics/read-state';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptedOutcome, answerFirst, claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seed: Seed;

const size = 30_000;

beforeAll(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
  await fill();
});
afterAll(async () => {
  await parts.dispose();
});

/** A past: as many strategies, instruments, signals, orders and attempts, all final. */
async function fill(): Promise<void> {
  const { db, accountId } = seed;
  await sql`alter table orders disable trigger user`.execute(db);
  await sql`insert into strategies (user_id, account_id, name, webhook_id, platform, trading_mode, is_intraday)
    select 'owner', ${accountId}, 'past ' || i, gen_random_uuid(), 'tradingview', 'LONG', false from generate_series(1, ${size}) i`.execute(
    db,
  );
  await sql`insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select id, ${accountId}, 'NSE', 'SBIN', 'MIS' from strategies where name like 'past %'`.execute(
    db,
  );
  await sql`insert into signals (id, strategy_id, path, body, verdict, http_status, answer)
    select gen_random_uuid(), strategy_id, '/', '', 'queued', 200, '{}' from strategy_instruments`.execute(
    db,
  );
  await sql`insert into last_signals (strategy_instrument_id, content_hash, signal_id)
    select id, '', gen_random_uuid() from strategy_instruments`.execute(db);
  await sql`insert into orders (id, strategy_id, account_id, strategy_instrument_id, seq, wish_seq, strategy_name, exchange, symbol,
      product, role, lane, priority, action, quantity, status, attempt, stored_at, expires_at, final_at, broker_order_id)
    select gen_random_uuid(), strategy_id, account_id, id, 1, 1, 'past', exchange, symbol, product, 'entry', 'regular', 10,
      'BUY', 1, 'filled', 1, now() - id * interval '10 minutes', now(), now(), 'B' || id from strategy_instruments`.execute(
    db,
  );
  await sql`insert into executions (order_id, attempt, executor, claimed_at) select id, 1, 'past', now() from orders`.execute(
    db,
  );
  await sql`insert into order_events (order_id, to_status, attempt) select id, 'filled', 1 from orders`.execute(
    db,
  );
  await sql`insert into alerts (code, subject, bucket, at, text, sent_at, order_id)
    select 'rejected', id::text, now(), now() - interval '1 hour', '', now(), id from orders`.execute(
    db,
  );
  await sql`insert into alert_deliveries (alert_id, target, sent_at)
    select id, 'telegram', now() - interval '1 hour' from alerts`.execute(db);
  await sql`alter table orders enable trigger user`.execute(db);
  await sql`insert into broker_orders (account_id, broker_order_id, mode, exchange, symbol, product, action, quantity,
      status, status_since, last_seen_at)
    select account_id, broker_order_id, 'live', exchange, symbol, product, action, quantity, 'complete', now(),
      now() - interval '3 days' from orders`.execute(db);
  await sql`insert into square_offs (strategy_id, session_date, due_time, status)
    select id, '2026-02-10', '15:10', 'sent' from strategies`.execute(db);
  await sql`insert into closings (id, strategy_instrument_id, cause, priority, scope, mode, status, opened_at, closes_at, ended_at, next_step_at)
    select gen_random_uuid(), id, 'person', 2, 'account', 'live', 'verified', now() - id * interval '10 minutes', now(), now(), now()
    from strategy_instruments`.execute(db);
  await sql`analyze`.execute(db);
}

/** Whole-table reads so far, of the tables that grow. */
async function tableScans(): Promise<Record<string, number>> {
  await sql`select pg_stat_force_next_flush()`.execute(parts.db);
  const { rows } = await sql<{ relname: string; seq_scan: number }>`
    select relname, seq_scan from pg_stat_user_tables
    where relname in ('orders', 'signals', 'strategies', 'strategy_instruments', 'last_signals', 'executions', 'order_events',
      'broker_orders', 'square_offs', 'alerts', 'alert_deliveries', 'closings')
    order by relname`.execute(parts.db);
  return Object.fromEntries(rows.map(({ relname, seq_scan }) => [relname, seq_scan]));
}

async function runEveryHotQuery(): Promise<void> {
  // A pool of one connection: what it did is in the statistics when it is closed.
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 1 });
  const { db } = opened;
  const mine = { ...seed, db };
  const webhook = await db
    .selectFrom('strategies')
    .select('webhook_id')
    .where('id', '=', seed.strategyId)
    .executeTakeFirstOrThrow();
  await findStrategyByWebhook(db, webhook.webhook_id);
  await findWebhookTarget(db, webhook.webhook_id);
  const entry = await storeOrder(mine);
  const waiting = await storeOrder(mine, { quantity: 3 });
  await listDueOrders(db, { limit: 1000 });
  await findOrderToSend(db, { ...seed, id: entry, smartGapMs: 1100 });
  await claimNow(db, { orderId: entry });
  await claimNow(db, { orderId: waiting });
  await renewLeases(db, { executor: 'test', orderIds: [entry], leaseMs: 1000 });
  await answerFirst(db, { orderId: entry, outcome: acceptedOutcome });
  await wakeWaiters(db, [entry]);
  const exit = await storeOrder(mine, { role: 'exit' });
  await claimNow(db, { orderId: exit });
  const { closing_id: closing } = await db
    .selectFrom('orders')
    .select('closing_id')
    .where('id', '=', exit)
    .executeTakeFirstOrThrow();
  await endClosing(db, { id: closing ?? '', status: 'failed', detail: null });
  await expireOrders(db, { limit: 1000 });
  await lapseLeases(db, { limit: 1000 });
  await raiseAlert(db, { code: 'rejected', subject: randomUUID(), text: 'new' });
  const times = { maxAgeMs: 86_400_000, burstMs: 60_000, burstMessages: 3 };
  await listDueAlerts(db, { target: 'telegram', unwanted: ['filled'], limit: 500, ...times });
  await closeSentAlerts(db, { targets: ['telegram'], limit: 500 });
  await giveUpAlerts(db, { unwanted: [], maxAgeMs: times.maxAgeMs, limit: 500 });
  await findSignal(db, brandIds.signal(randomUUID()));
  await runEveryQueryOfTheClock(mine);
  await runEveryListOfTheConsole(mine);
  const limits = { gapMs: 105, smartGapMs: 1100, windows: [] };
  await readStoredState(db, { unwanted: ['filled'], limitsOf: () => limits });
  await opened.close();
}

async function runEveryQueryOfTheClock({ db, accountId, strategyId }: Seed): Promise<void> {
  const everyMs = {
    unsettledMs: 0,
    soonMs: 0,
    openMs: 0,
    idleMs: 0,
    smartRestMs: 1,
    postponedMs: 0,
  };
  const reader = randomUUID();
  const claim = { reader, leaseMs: 60_000, isInSession: true, settings: everyMs };
  const [read] = await claimBookReads(db, claim);
  if (read === undefined) throw new Error('No read was due');
  await db.transaction().execute(async (transaction) => {
    await holdBookRead(transaction, read);
    const book = { accountId, mode: 'analyze' } as const;
    await listKnownBrokerOrders(transaction, book);
    await recordBrokerOrders(transaction, { ...book, rows: [] });
    await listFollowedOrders(transaction, { ...book, brokerOrderIds: ['B1'] });
    await endBookRead(transaction, { read, failure: null });
  });
  await listStrategiesToSquareOff(db, { sinceMs: 1000 });
  const due = { strategyId, sessionDate: '2026-02-11', dueTime: '15:10', detail: null } as const;
  await openSquareOffs(db, [{ ...due, status: 'working' }]);
  const [squareOff] = await takeSquareOffs(db, {
    worker: 'test',
    leaseMs: 1,
    limit: 100,
    after: 0,
  });
  if (squareOff === undefined) throw new Error('No square-off was due');
  const span = { sinceMs: 1000, untilMs: 0 };
  const taken = await takeUpSquareOff(db, { squareOff, strategyId, accountId, open: [], span });
  if (taken === undefined) throw new Error('The square-off was not taken up');
  await listTradedInstruments(db, { strategyId, ...span });
}

/** A user's page at the beginning and further on, and what an event stream asks for. */
async function runEveryListOfTheConsole({ db, accountId, strategyId }: Seed): Promise<void> {
  const tenant = 'owner';
  const [first] = await pageOrders(db, { tenant }, { behind: undefined, limit: 50 });
  if (first === undefined) throw new Error('There is no order');
  const mark = { atMicros: first.atMicros, id: first.id };
  for (const behind of [undefined, mark]) {
    const page = { behind, limit: 50 };
    for (const filter of [{}, { strategyId }, { accountId }]) {
      await pageOrders(db, { tenant, ...filter }, page);
    }
    for (const filter of [{}, { strategyId }]) {
      await pageSignals(db, { tenant, ...filter }, page);
      await pageClosings(db, { tenant, strategyId: undefined, status: undefined, ...filter }, page);
    }
  }
  for (const below of [undefined, 1000]) {
    const page = { below, limit: 50 };
    await pageSquareOffs(db, { tenant, strategyId: undefined, date: undefined }, page);
    await pageAlerts(db, { tenant, code: undefined }, page);
  }
  const now = await findMoveCursor(db, 1000);
  await listUnseenMoves(db, now, 1000);
  const since = { upTo: now.upTo - 10, missing: [now.upTo - 20] };
  await listMoves(db, { since, until: now, tenant, limit: 1000 });
}

it('no hot query reads a growing table from end to end', async () => {
  await runEveryHotQuery();
  const before = await tableScans();
  await runEveryHotQuery();
  expect(await tableScans()).toEqual(before);
});
