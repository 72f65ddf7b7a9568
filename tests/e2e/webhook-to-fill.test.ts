import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { placeCalls, waitForCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let webhookId: string;

beforeEach(async () => {
  stack = await openStack();
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId, name: 'demo' });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const ordersOf = async () =>
  await stack.db
    .selectFrom('orders')
    .select(['role', 'lane', 'status', 'filled_quantity', 'average_price', 'mode'])
    .orderBy('seq')
    .execute();

it('a webhook becomes a signal, an order, a call and a fill; the exit closes it', async () => {
  const ingress = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const entry = await postWebhook(ingress.url, {
    webhookId,
    body: { symbol: 'NSE:SBIN', action: 'buy' },
  });
  expect(entry).toMatchObject({
    status: 200,
    body: {
      status: 'success',
      message: 'Order queued successfully for NSE:SBIN',
      orders: [{ lane: 'regular', symbol: 'SBIN' }],
      refused: [],
      drains_in_s: 0,
    },
  });
  const [call] = await waitForCalls(stack.simulator, 1);
  expect(call?.body).toEqual({
    strategy: 'demo',
    symbol: 'SBIN',
    exchange: 'NSE',
    product: 'MIS',
    action: 'BUY',
    pricetype: 'MARKET',
    quantity: '10',
  });
  const [order] = entry.body['orders'] as { id: string }[];
  expect(call?.order).toBe(`${order?.id}/1`);
  await expect
    .poll(ordersOf, { timeout: 20_000 })
    .toMatchObject([
      { status: 'filled', filled_quantity: 10, average_price: expect.any(String), mode: 'live' },
    ]);

  await postWebhook(ingress.url, { webhookId, body: { symbol: 'SBIN', action: 'sell' } });
  await waitForCalls(stack.simulator, 2);
  await expect
    .poll(ordersOf, { timeout: 20_000 })
    .toMatchObject([
      { status: 'filled' },
      { role: 'exit', lane: 'smart', status: 'filled', filled_quantity: 10 },
    ]);
  expect(placeCalls(stack.simulator).map(({ endpoint }) => endpoint)).toEqual([
    'placeorder',
    'placesmartorder',
  ]);
});
