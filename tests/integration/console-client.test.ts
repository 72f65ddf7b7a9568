import { createClient, dataIn } from '@orderlane/console/client';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { dataOf } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';

const plantedKey = 'planted-key-0123456789';

test('a program walks from an account to an order and back, by the typed client', async () => {
  const openalgo = await startSimulator({ apikeys: [plantedKey], mode: 'analyze' });
  await using stack = new AsyncDisposableStack();
  stack.defer(async () => await openalgo.stop());
  const console = stack.use(await openConsole({ HOST_SERVER: openalgo.url }));
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const key = await asha.post('/keys/new', { name: 'bot', scopes: ['trade'] });
  const { key: apiKey } = dataOf<{ key: string }>(key);
  const client = createClient({ url: console.url, apiKey });

  expect(await dataIn(await client.me.$get())).toMatchObject({ by: 'key', scopes: ['trade'] });
  const json = { name: 'paper', api_key: plantedKey };
  const account = await dataIn(await client.accounts.new.$post({ json }));
  expect(await dataIn(await client.accounts.$get())).toMatchObject([
    { id: account.id, mode: 'analyze' },
  ]);

  const form = { name: 'Breakout', platform: 'tradingview', trading_mode: 'LONG' } as const;
  const wish = { ...form, account_id: account.id };
  const made = await dataIn(await client.strategy.new.$post({ json: wish }));
  const param = { id: String(made.id) };
  const symbols = 'symbol,exchange,quantity,product\nSBIN,NSE,10,MIS\nINFY,NSE,5,CNC';
  await dataIn(await client.strategy[':id'].symbols.$post({ param, json: { symbols } }));
  const mapped = await dataIn(await client.strategy[':id'].symbols.$get({ param }));
  expect(mapped.map(({ symbol }) => symbol)).toEqual(['SBIN', 'INFY']);
  const mappingId = String(mapped[1]?.id);
  const gone = { param: { ...param, mappingId }, json: {} };
  await dataIn(await client.strategy[':id'].symbols[':mappingId'].delete.$post(gone));
  const edit = { param, json: { max_orders_per_day: 20 } };
  expect(await dataIn(await client.strategy[':id'].edit.$post(edit))).toMatchObject({
    max_orders_per_day: 20,
  });

  const ingress = stack.use(await openIngress(console.parts));
  const body = { symbol: 'SBIN', action: 'BUY' };
  const sent = await postWebhook(ingress.url, { webhookId: made.webhook_id, body });
  expect(sent.body).toMatchObject({ status: 'success' });
  const [signal] = await dataIn(await client.signals.$get({ query: {} }));
  const [order] = await dataIn(await client.orders.$get({ query: { status: 'queued' } }));
  expect([signal?.verdict, order?.signal_id]).toEqual(['queued', signal?.id]);

  const off = { param, json: { to: 'off' } } as const;
  expect(await dataIn(await client.strategy[':id'].toggle.$post(off))).toMatchObject({
    is_active: false,
  });
  const story = await dataIn(await client.orders[':id'].$get({ param: { id: order?.id ?? '' } }));
  expect(story.events).toMatchObject([{ from_status: null, to_status: 'queued' }]);
  await dataIn(await client.strategy[':id'].delete.$post({ param, json: { held: 'forget' } }));
  expect(await dataIn(await client.strategy.$get())).toEqual([]);
  const none = await client.strategy[':id'].$get({ param });
  expect(none.status).toBe(404);
  await expect(dataIn(none)).rejects.toMatchObject({ code: 'unknown_strategy', details: [] });
});
