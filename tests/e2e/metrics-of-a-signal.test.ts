import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { postWebhook } from '../support/ingress.ts';
import { readMetrics } from '../support/metrics.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

let stack: Stack;
let webhookId: string;
let ingress: TestProcess;
let executor: TestProcess;
let scheduler: TestProcess;

beforeEach(async () => {
  stack = await openStack({ env: { ...fastScheduler, METRICS_MS: '200' } });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId, name: 'demo' });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
  ingress = await stack.start('ingress');
  [executor, scheduler] = await Promise.all([stack.start('executor'), stack.start('scheduler')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const post = async (body: Record<string, unknown> | string) =>
  await postWebhook(ingress.url, { webhookId, body });

it('a signal and its order show in the figures of each process that saw them', async () => {
  await post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(
      async () =>
        (await readMetrics(scheduler.url)).get('orderlane_orders_settled_total', { end: 'filled' }),
      { timeout: 20_000 },
    )
    .toBe(1);
  await post({ symbol: 'TCS', action: 'BUY' });
  await post('no signal');
  await postWebhook(ingress.url, { webhookId: crypto.randomUUID(), body: {} });

  const received = await readMetrics(ingress.url);
  expect(received.get('orderlane_signals_total', { verdict: 'queued', code: 'none' })).toBe(1);
  expect(received.get('orderlane_signals_total', { verdict: 'refused', code: 'no_mapping' })).toBe(
    1,
  );
  expect(
    received.get('orderlane_signals_total', { verdict: 'refused', code: 'malformed_body' }),
  ).toBe(1);
  expect(received.get('orderlane_webhooks_unstored_total', { code: 'unknown_webhook' })).toBe(1);
  expect(received.get('orderlane_webhook_answer_seconds_count', { http_status: '200' })).toBe(1);
  for (const [stage, count] of [
    ['received_to_stored', 3],
    ['stored_to_queued', 1],
  ] as const) {
    expect([stage, received.get('orderlane_signal_stage_seconds_count', { stage })]).toEqual([
      stage,
      count,
    ]);
  }

  const sent = await readMetrics(executor.url);
  const account = String(stack.accountId);
  expect(sent.get('orderlane_calls_total', { account, lane: 'regular' })).toBe(1);
  expect(sent.get('orderlane_attempts_total', { outcome: 'accepted', role: 'entry' })).toBe(1);
  for (const stage of ['queued_to_claimed', 'claimed_to_sent', 'sent_to_answered']) {
    expect([
      stage,
      sent.get('orderlane_order_stage_seconds_count', { stage, role: 'entry' }),
    ]).toEqual([stage, 1]);
  }

  const settled = { stage: 'answered_to_settled', role: 'entry' };
  await expect
    .poll(
      async () =>
        (await readMetrics(scheduler.url)).get('orderlane_orders_ended', {
          status: 'filled',
          lane: 'regular',
        }),
      { timeout: 20_000 },
    )
    .toBe(1);
  const followed = await readMetrics(scheduler.url);
  expect(followed.get('orderlane_order_stage_seconds_count', settled)).toBe(1);
  expect(followed.get('orderlane_lane_executors', { account, lane: 'regular' })).toBe(1);
  expect(followed.get('orderlane_store_up', { store: 'postgres' })).toBe(1);
  expect(followed.get('orderlane_store_up', { store: 'redis' })).toBe(1);
  expect(followed.get('orderlane_book_clean_age_seconds', { account })).toBeGreaterThanOrEqual(0);
});
