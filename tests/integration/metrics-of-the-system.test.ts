import { pauseAccount } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import { setBrake } from '@orderlane/db/brakes';
import { recordTick } from '@orderlane/db/clock';
import { createMetrics } from '@orderlane/runtime/metrics';
import { readStoredState } from '@orderlane/scheduler/metrics/read-state';
import { createStateMetrics } from '@orderlane/scheduler/metrics/state-metrics';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { parseMetrics, type ShownMetrics } from '../support/metrics.ts';

let parts: FreshParts;
let seed: Seed;
let account: string;

beforeEach(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
  account = String(seed.accountId);
});
afterEach(async () => {
  await parts.dispose();
});

const limits = { gapMs: 100, smartGapMs: 2000, windows: [] };

/** What a scheduler would show now. */
async function show(): Promise<ShownMetrics> {
  const metrics = createMetrics('scheduler');
  const args = { unwanted: ['filled'] as const, limitsOf: () => limits };
  createStateMetrics(metrics).stored.show(await readStoredState(parts.db, args));
  return parseMetrics(await metrics.text());
}

const infy = { instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } } as const;

async function age(id: string, column: 'stored_at' | 'claimed_at', seconds: number): Promise<void> {
  await sql`update orders set ${sql.ref(column)} = now() - ${seconds} * interval '1 second' where id = ${id}`.execute(
    parts.db,
  );
}

it('shows open orders by status and lane with the age of the oldest, and 0 where there is none', async () => {
  const sent = await storeOrder(seed, infy);
  await claimNow(parts.db, { orderId: sent });
  const outcome = { kind: 'indeterminate', reason: 'no answer' } as const;
  await answerFirst(parts.db, { orderId: sent, outcome });
  await age(sent, 'claimed_at', 100);
  await storeOrder(seed, { role: 'exit' });
  const shown = await show();
  const unknown = { status: 'indeterminate', lane: 'regular' };
  expect(shown.get('orderlane_orders', unknown)).toBe(1);
  expect(shown.get('orderlane_orders_oldest_seconds', unknown)).toBeGreaterThanOrEqual(100);
  expect(shown.get('orderlane_orders', { status: 'queued', lane: 'smart' })).toBe(1);
  expect(shown.get('orderlane_orders', { status: 'accepted', lane: 'regular' })).toBe(0);
  expect(shown.get('orderlane_account_unsettled_orders', { account })).toBe(1);
});

it('shows what ended in the last hour, and nothing older', async () => {
  const [old, recent] = [await storeOrder(seed), await storeOrder(seed, infy)];
  await sql`update orders set status = 'expired' where id in (${old}, ${recent})`.execute(parts.db);
  await age(old, 'stored_at', 3700);
  const shown = await show();
  expect(shown.get('orderlane_orders_ended', { status: 'expired', lane: 'regular' })).toBe(1);
  expect(shown.get('orderlane_orders_ended', { status: 'rejected', lane: 'regular' })).toBe(0);
});

it('shows a lane’s backlog, and the age of what could be sent only', async () => {
  const [first, waiting] = [await storeOrder(seed, infy), await storeOrder(seed)];
  await age(first, 'stored_at', 50);
  await age(waiting, 'stored_at', 70);
  await sql`update orders set waits_for = ${first} where id = ${waiting}`.execute(parts.db);
  const at = { account, lane: 'regular', role: 'entry' };
  let shown = await show();
  expect(shown.get('orderlane_lane_backlog_orders', at)).toBe(2);
  expect(shown.get('orderlane_lane_oldest_seconds', at)).toBeGreaterThanOrEqual(50);
  expect(shown.get('orderlane_lane_oldest_seconds', at)).toBeLessThan(70);
  expect(shown.get('orderlane_lane_backlog_orders', { ...at, role: 'exit' })).toBe(0);
  expect(shown.get('orderlane_lane_rate_limit_per_second', { account, lane: 'smart' })).toBe(0.5);

  await pauseAccount(parts.db, { id: seed.accountId, reason: 'test' });
  shown = await show();
  expect(shown.get('orderlane_lane_backlog_orders', at)).toBe(2);
  expect(shown.get('orderlane_lane_oldest_seconds', at)).toBe(0);
  expect(shown.get('orderlane_account_paused', { account })).toBe(1);
});

it('shows the state of an account and of its books', async () => {
  await sql`insert into book_reads (account_id, read_at, clean_ended_at)
    values (${seed.accountId}, now() - interval '5 seconds', now() - interval '90 seconds')`.execute(
    parts.db,
  );
  await sql`update openalgo_accounts set session_dead_at = now(), mode = 'live'`.execute(parts.db);
  const shown = await show();
  expect(shown.get('orderlane_account_session_up', { account })).toBe(0);
  expect(shown.get('orderlane_account_trading_off', { account })).toBe(1);
  expect(shown.get('orderlane_book_read_age_seconds', { account })).toBeLessThan(90);
  expect(shown.get('orderlane_book_clean_age_seconds', { account })).toBeGreaterThanOrEqual(90);
});

it('shows closings and square-offs by status, and when the clock ticked last', async () => {
  const order = await storeOrder(seed);
  await sql`insert into closings (id, strategy_instrument_id, cause, priority, status, opened_at, told, closes_at)
    select gen_random_uuid(), strategy_instrument_id, 'person', 2, 'open', now() - interval '40 seconds',
      array['exit_stuck'], now() from orders where id = ${order}`.execute(parts.db);
  await sql`insert into square_offs (strategy_id, session_date, due_time, status, created_at)
    values (${seed.strategyId}, '2026-02-10', '15:10', 'failed', now()),
      (${seed.strategyId}, '2026-02-09', '15:10', 'missed', now() - interval '2 days')`.execute(
    parts.db,
  );
  await recordTick(parts.db, new Date());
  const shown = await show();
  expect(shown.get('orderlane_closings', { status: 'open' })).toBe(1);
  expect(shown.get('orderlane_closings_told')).toBe(1);
  expect(shown.get('orderlane_closing_oldest_seconds')).toBeGreaterThanOrEqual(40);
  expect(shown.get('orderlane_square_offs', { status: 'failed' })).toBe(1);
  expect(shown.get('orderlane_square_offs', { status: 'missed' })).toBe(0);
  expect(shown.get('orderlane_square_off_tick_age_seconds')).toBeLessThan(60);
});

it('shows the kill switch, and the alerts that wait without those that nobody wants', async () => {
  const target = { scope: 'account', id: seed.accountId } as const;
  await setBrake(parts.db, target, { strength: 'halt', reason: null, setBy: 'test' });
  await raiseAlert(parts.db, { code: 'rejected', subject: 'wanted', text: 'x' });
  await raiseAlert(parts.db, { code: 'filled', subject: 'unwanted', text: 'x' });
  await sql`update alerts set at = now() - interval '30 seconds'`.execute(parts.db);
  const shown = await show();
  expect(shown.get('orderlane_kill_switches', { scope: 'account', strength: 'halt' })).toBe(1);
  expect(shown.get('orderlane_kill_switches', { scope: 'everything', strength: 'halt' })).toBe(0);
  expect(shown.get('orderlane_alerts_waiting')).toBe(1);
  expect(shown.get('orderlane_alerts_oldest_seconds')).toBeGreaterThanOrEqual(30);
  expect(shown.get('orderlane_postgres_connections')).toBeGreaterThan(0);
});
