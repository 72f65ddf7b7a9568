import { expect, test } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { openImport } from '../support/import-openalgo.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';
import {
  chartinkStrategy,
  openAlgoMapping,
  openAlgoStrategy,
  webhookOf,
} from '../support/openalgo-db.ts';

const rows = {
  strategies: [openAlgoStrategy(1, { webhook_id: webhookOf(1).toUpperCase() })],
  mappings: [openAlgoMapping(1)],
  chartink: [chartinkStrategy(2, { name: 'BUY momentum' })],
  chartinkMappings: [
    { strategy_id: 2, chartink_symbol: 'INFY', exchange: 'NSE', quantity: 3, product_type: 'MIS' },
  ],
};

test('an alert of which only the host was changed trades, once its strategy is switched on', async () => {
  await using moving = await openImport(rows);
  await makeAccount(moving.db, { name: 'main' });
  await moving.report('--apply');
  await using ingress = await openIngress({ ...moving.cli.parts });
  const alert = { webhookId: webhookOf(1).toUpperCase(), body: { symbol: 'SBIN', action: 'BUY' } };
  const scan = {
    webhookId: webhookOf(2),
    path: 'chartink' as const,
    body: { stocks: 'INFY', trigger_prices: '1', scan_name: 'BUY momentum' },
  };
  for (const call of [alert, scan]) {
    expect(await postWebhook(ingress.url, call)).toMatchObject({
      status: 400,
      body: { code: 'strategy_inactive' },
    });
  }
  for (const name of ['tradingview_strategy 1', 'BUY momentum']) {
    await moving.cli.json(['strategy', 'toggle', name, '--on']);
  }
  for (const call of [alert, scan]) {
    const accepted = async () => await postWebhook(ingress.url, call);
    await expect.poll(accepted).toMatchObject({ status: 200, body: { status: 'success' } });
  }
  const orders = await moving.db.selectFrom('orders').selectAll().orderBy('symbol').execute();
  expect(orders).toMatchObject([
    { symbol: 'INFY', action: 'BUY', quantity: 3 },
    { symbol: 'SBIN', action: 'BUY', quantity: 10 },
  ]);
});
