import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let replicas: TestIngress[];
let strategyId: StrategyId;
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
  const values = { platform: 'chartink', trading_mode: null, max_orders_per_day: 5 } as const;
  strategyId = await makeStrategy(parts.db, { account_id, ...values });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
});

const scan = async (stocks: string, name = 'BUY', replica = 0) =>
  await postWebhook(replicas[replica]?.url ?? '', {
    webhookId,
    path: 'chartink',
    body: { stocks, scan_name: name },
  });

const queued = async () => {
  const query = parts.db.selectFrom('orders').select('symbol').where('role', '=', 'entry');
  return (await query.where('strategy_id', '=', strategyId).execute()).map(({ symbol }) => symbol);
};

const refusal = (symbol: string) => ({
  symbol,
  code: 'max_orders_per_day',
  error: "The strategy's entries of today are used up",
});

it('of the stocks of one call only as many are queued as entries are left', async () => {
  await scan('A,B,C');
  const answer = await scan('D,E,F,G');
  expect(answer).toMatchObject({ status: 200, body: { refused: ['F', 'G'].map(refusal) } });
  expect((await queued()).sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
});

it('calls of different symbols at once, over two replicas, do not pass it together', async () => {
  const calls = Array.from(
    { length: 40 },
    async (_, index) => await scan(`S${index}`, 'BUY', index % 2),
  );
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  expect(await queued()).toHaveLength(5);
});

it('a signal that the store refused is recorded as it was answered', async () => {
  await scan('A,B,C,D,E');
  expect(await scan('F')).toMatchObject({ status: 400, body: { code: 'max_orders_per_day' } });
  const signals = parts.db.selectFrom('signals').select(['verdict', 'code', 'http_status']);
  const refused = signals.where('strategy_id', '=', strategyId).where('verdict', '=', 'refused');
  expect(await refused.execute()).toEqual([
    { verdict: 'refused', code: 'max_orders_per_day', http_status: 400 },
  ]);
});

it('exits are not counted', async () => {
  await scan('A,B,C,D,E');
  expect((await scan('A,B', 'SELL')).status).toBe(200);
});

it('a resend of what was queued as the last of the day gets its first answer, refusals too', async () => {
  const first = await scan('A,B,C,D,E,F');
  const again = await scan('A,B,C,D,E,F');
  expect(again.body).toEqual({
    ...first.body,
    duplicate: true,
    message: 'Duplicate signal: it was queued before, nothing was queued now',
  });
});
