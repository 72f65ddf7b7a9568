import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { startConsole } from '../support/console.ts';
import { dataOf } from '../support/console-fixtures.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack } from '../support/stack.ts';

test('a strategy that is turned off refuses the next webhook on every replica, and what is queued is not sent', async () => {
  await using stack = await openStack({ simulator: { mode: 'analyze' } });
  const replicas = [await stack.start('ingress'), await stack.start('ingress')];
  await using board = await startConsole(stack.parts);
  const { admin } = board;
  const wish = {
    name: 'Toggled',
    account_id: stack.accountId,
    platform: 'python',
    trading_mode: 'LONG',
  };
  const { id, webhook_id: webhookId } = dataOf<{ id: number; webhook_id: string }>(
    await admin.post('/strategy/new', wish),
  );
  for (const symbol of ['SBIN', 'INFY']) {
    const mapping = { symbol, exchange: 'NSE', product: 'MIS', quantity: 1 };
    dataOf(await admin.post(`/strategy/${id}/symbols`, mapping));
  }
  // No executor runs yet: what is queued stays so.
  for (const [index, symbol] of ['SBIN', 'INFY'].entries()) {
    const url = replicas[index]?.url ?? '';
    const sent = await postWebhook(url, { webhookId, body: { symbol, action: 'BUY' } });
    expect(sent.body).toMatchObject({ status: 'success', orders: [{ symbol }] });
  }

  dataOf(await admin.post(`/strategy/${id}/toggle`, { to: 'off' }));
  // The very next call, not one a second later.
  for (const { url } of replicas) {
    const refused = await postWebhook(url, { webhookId, body: { symbol: 'SBIN', action: 'BUY' } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'strategy_inactive' } });
  }
  await stack.start('executor');
  const ended = async () => {
    const rows = await stack.db.selectFrom('orders').select(['status', 'code']).execute();
    return rows.every(({ status }) => status !== 'queued') ? rows : undefined;
  };
  const cancelled = { status: 'cancelled', code: 'strategy_inactive' };
  expect(await poll(ended, { what: 'the end of what was queued', withinMs: 30_000 })).toEqual([
    cancelled,
    cancelled,
  ]);
  expect(stack.simulator.simulator.calls.list({ endpoint: 'placeorder' })).toEqual([]);

  dataOf(await admin.post(`/strategy/${id}/toggle`, { to: 'on' }));
  for (const [index, { url }] of replicas.entries()) {
    const body = { symbol: index === 0 ? 'SBIN' : 'INFY', action: 'BUY', signal_id: `on-${index}` };
    expect((await postWebhook(url, { webhookId, body })).body).toMatchObject({ status: 'success' });
  }
});
