import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';

vi.setConfig({ testTimeout: 300_000 });

const rounds = 300;
/** Of each replica, in each round. */
const atOnce = 4;

let stack: Stack;
let webhookId: string;

beforeEach(async () => {
  stack = await openStack({
    env: {
      WEBHOOK_RATE_LIMIT: '1000000 per minute',
      TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
      // On a busy machine a wait is no fault of the store's.
      WEBHOOK_MAX_WAIT_MS: '60 seconds',
      WEBHOOK_ANSWER_WITHIN_MS: '30 seconds',
    },
  });
  const strategyId = await makeStrategy(stack.db, {
    account_id: stack.accountId,
    platform: 'chartink',
    trading_mode: null,
    duplicate_window_ms: 0,
    max_entries: 1_000_000,
    max_orders_per_day: 1_000_000,
  });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('two replicas that store the same two instruments in opposite orders lose no signal and fail none', async () => {
  const [one, other] = await Promise.all([stack.start('ingress'), stack.start('ingress')]);
  const post = async (url: string, stocks: string) => {
    const body = { stocks, trigger_prices: '1,2', scan_name: 'BUY - both' };
    return await postWebhook(url, { webhookId, body, path: 'chartink' });
  };
  const signalIds: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    const batch = Array.from({ length: atOnce }, () => [
      post(one.url, 'SBIN,INFY'),
      post(other.url, 'INFY,SBIN'),
    ]);
    const answers = await Promise.all(batch.flat());
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    signalIds.push(...answers.map(({ body }) => body['signal_id']));
  }
  const signals = await stack.db.selectFrom('signals').select(['id', 'verdict']).execute();
  expect(signals.map(({ id }) => id).toSorted()).toEqual(signalIds.toSorted());
  expect(new Set(signals.map(({ verdict }) => verdict))).toEqual(new Set(['queued']));
  const numbers = Array.from({ length: rounds * 2 * atOnce }, (_none, index) => String(index + 1));
  expect(await numbersOf('SBIN')).toEqual(numbers);
  expect(await numbersOf('INFY')).toEqual(numbers);
});

/** Given under the instrument's lock, in the order of the commits: none twice, none left out. */
async function numbersOf(symbol: string): Promise<string[]> {
  const rows = await stack.db
    .selectFrom('orders')
    .select('seq')
    .where('symbol', '=', symbol)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq }) => String(seq));
}
