import { insertMapping } from '@orderlane/db/strategies';
import { expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';

async function startStrategy() {
  const stack = new AsyncDisposableStack();
  const parts = stack.use(await freshParts());
  const { db } = parts;
  const account_id = await makeAccount(db);
  const strategyId = await makeStrategy(db, { account_id, name: 'Swing', max_orders_per_day: 1 });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  const { webhook_id } = await db
    .selectFrom('strategies')
    .select('webhook_id')
    .executeTakeFirstOrThrow();
  const ingress = stack.use(await openIngress(parts));
  const post = async (symbol: string, action: string) =>
    (await postWebhook(ingress.url, { webhookId: webhook_id, body: { symbol, action } })).status;
  const alerts = async () =>
    await db
      .selectFrom('alerts')
      .select(['code', 'subject', 'count', 'text', 'strategy_id'])
      .orderBy('code')
      .execute();
  return { post, alerts, [Symbol.asyncDispose]: async () => await stack.disposeAsync() };
}

it('the first refusal of a strategy, code and day is told; the next ones are counted', async () => {
  await using strategy = await startStrategy();
  for (const symbol of ['TCS', 'INFY', 'WIPRO'])
    expect(await strategy.post(symbol, 'BUY')).toBe(400);
  expect(await strategy.post('SBIN', 'HOLD')).toBe(400);
  await expect.poll(strategy.alerts).toMatchObject([
    { code: 'invalid_action', count: 1 },
    {
      code: 'no_mapping',
      count: 3,
      strategy_id: 1,
      text: 'Swing: BUY TCS was refused: No mapping found for symbol TCS',
    },
  ]);
});

it('what the store refuses is told too', async () => {
  await using strategy = await startStrategy();
  expect(await strategy.post('SBIN', 'BUY')).toBe(200);
  expect(await strategy.post('SBIN', 'SELL')).toBe(200);
  expect(await strategy.post('SBIN', 'BUY')).toBe(400);
  await expect.poll(strategy.alerts).toMatchObject([{ code: 'max_orders_per_day', count: 1 }]);
});
