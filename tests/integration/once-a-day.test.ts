import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let replicas: TestIngress[];
let webhookId: string;

beforeAll(async () => {
  parts = await freshParts();
  replicas = [await openIngress(parts), await openIngress(parts)];
});
afterAll(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await parts.dispose();
});
beforeEach(async () => {
  const account_id = await makeAccount(parts.db);
  const values = { once_a_day: true, duplicate_window_ms: 0 };
  const strategyId = await makeStrategy(parts.db, { account_id, ...values });
  for (const symbol of ['SBIN', 'INFY']) {
    const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  }
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
});

const send = async (symbol: string, action: string, replica = 0) =>
  (await postWebhook(replicas[replica]?.url ?? '', { webhookId, body: { symbol, action } })).body;

const usedUp = (symbol: string) => ({
  status: 'success',
  orders: [],
  refused: [{ symbol, code: 'entered_today' }],
});

it('a second entry of the symbol is nothing to do, another symbol and every exit go through', async () => {
  expect(await send('SBIN', 'BUY')).toMatchObject({ status: 'success', orders: [{}] });
  expect(await send('SBIN', 'BUY')).toMatchObject(usedUp('SBIN'));
  expect(await send('INFY', 'BUY')).toMatchObject({ status: 'success', orders: [{}] });
  for (const status of ['submitting', 'accepted'] as const) {
    await parts.db.updateTable('orders').set({ status }).where('symbol', '=', 'SBIN').execute();
  }
  expect(await send('SBIN', 'SELL')).toMatchObject({ status: 'success', orders: [{}] });
  expect(await send('SBIN', 'BUY')).toMatchObject(usedUp('SBIN'));
});

it('of many at once over two replicas one is queued', async () => {
  const calls = Array.from(
    { length: 20 },
    async (_, index) => await send('SBIN', 'BUY', index % 2),
  );
  const answers = await Promise.all(calls);
  expect(answers.filter(({ orders }) => (orders as unknown[]).length > 0)).toHaveLength(1);
});

it('an entry that was given up before it was sent does not count, nor does one of yesterday', async () => {
  for (const given of [
    { status: 'expired', code: 'expired' },
    { status: 'superseded', code: 'superseded' },
    { status: 'cancelled', code: 'strategy_inactive' },
  ] as const) {
    expect(await send('SBIN', 'BUY')).toMatchObject({ orders: [{}] });
    await parts.db.updateTable('orders').set(given).where('status', '=', 'queued').execute();
  }
  expect(await send('SBIN', 'BUY')).toMatchObject({ orders: [{}] });
  expect(await send('SBIN', 'BUY')).toMatchObject(usedUp('SBIN'));
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
  await parts.db.updateTable('orders').set({ stored_at: yesterday }).execute();
  expect(await send('SBIN', 'BUY')).toMatchObject({ orders: [{}] });
});
