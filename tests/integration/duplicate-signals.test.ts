import { randomUUID } from 'node:crypto';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let replicas: TestIngress[];
let webhookId: string;
let strategyId: Awaited<ReturnType<typeof makeStrategy>>;

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
  strategyId = await makeStrategy(parts.db, { account_id });
  for (const symbol of ['SBIN', 'INFY', 'TCS']) {
    const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  }
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
});

type Body = Parameters<typeof postWebhook>[1]['body'];

const post = async (
  body: Body,
  options: { replica?: number; headers?: Record<string, string> } = {},
) => {
  const { replica = 0, headers } = options;
  return await postWebhook(replicas[replica]?.url ?? '', {
    webhookId,
    body,
    ...(headers && { headers }),
  });
};

const orderCount = async () =>
  (await parts.db.selectFrom('orders').select('id').where('strategy_id', '=', strategyId).execute())
    .length;

/** Makes everything that this strategy accepted look older. */
async function age(interval: string): Promise<void> {
  for (const table of ['last_signals', 'signal_keys'] as const) {
    await sql`update ${sql.table(table)} set accepted_at = accepted_at - ${interval}::interval`.execute(
      parts.db,
    );
  }
}

const buy = { symbol: 'SBIN', action: 'BUY', price: '812.5' };
const sell = { symbol: 'SBIN', action: 'SELL', price: '812.5' };

describe('without a key', () => {
  it('the same content within the window is queued once and gets the first answer again', async () => {
    const first = await post(buy);
    const second = await post('{"price":"812.5","action":"BUY","symbol":"SBIN"}', { replica: 1 });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({
      duplicate: true,
      signal_id: first.body['signal_id'],
      orders: first.body['orders'],
      message: expect.stringMatching(/duplicate/i),
    });
    expect(await orderCount()).toBe(1);
  });

  it('of twenty equal posts to two replicas at once exactly one is queued', async () => {
    const posts = Array.from(
      { length: 20 },
      async (_, index) => await post(buy, { replica: index % 2 }),
    );
    const answers = await Promise.all(posts);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter(({ body }) => body['duplicate'] === true)).toHaveLength(19);
    expect(await orderCount()).toBe(1);
  });

  it('SELL, BUY, SELL with equal bodies are three signals', async () => {
    for (const body of [sell, buy, sell])
      expect((await post(body)).body['duplicate']).toBeUndefined();
    expect(await orderCount()).toBe(3);
  });

  it('another price is another signal', async () => {
    await post(buy);
    await post({ ...buy, price: '813' });
    expect(await orderCount()).toBe(2);
  });

  it('after the window the same content is a new signal', async () => {
    await post(buy);
    await age('31 seconds');
    await post(buy);
    expect(await orderCount()).toBe(2);
  });

  it('a window of 0 turns it off', async () => {
    await parts.db
      .updateTable('strategies')
      .set({ duplicate_window_ms: 0 })
      .where('id', '=', strategyId)
      .execute();
    await post(buy);
    await post(buy);
    expect(await orderCount()).toBe(2);
  });

  it('a refusal is not remembered', async () => {
    const account = parts.db.updateTable('openalgo_accounts');
    await account.set({ paused_at: new Date() }).execute();
    expect((await post(buy)).status).not.toBe(200);
    await account.set({ paused_at: null }).execute();
    expect((await post(buy)).status).toBe(200);
    expect(await orderCount()).toBe(1);
  });
});

describe('with a key of the sender', () => {
  it.each<[string, Body, Record<string, string>]>([
    ['the Idempotency-Key header', buy, { 'idempotency-key': 'k1' }],
    ['signal_id', { ...buy, signal_id: 'k2' }, {}],
    ['alert_id', { ...buy, alert_id: 'k3' }, {}],
  ])('%s holds for ten minutes, whatever else differs', async (_name, body, headers) => {
    await post(body, { headers });
    await age('9 minutes');
    const price = typeof body === 'object' ? { ...body, price: '900' } : body;
    expect((await post(price, { headers })).body['duplicate']).toBe(true);
    expect(await orderCount()).toBe(1);
  });

  it('the same key with another action is another signal', async () => {
    await post({ ...buy, signal_id: 'same' });
    await post({ ...sell, signal_id: 'same' });
    expect(await orderCount()).toBe(2);
  });

  it('holds longer while nothing else was accepted in between', async () => {
    await post({ ...buy, signal_id: 'once' });
    await age('3 hours');
    expect((await post({ ...buy, signal_id: 'once' })).body['duplicate']).toBe(true);
  });

  it('is taken for a constant when others came in between, and its owner is told', async () => {
    await post({ ...buy, signal_id: 'always' });
    await post({ ...sell, signal_id: 'always' });
    await age('11 minutes');
    expect((await post({ ...buy, signal_id: 'always' })).body['duplicate']).toBeUndefined();
    expect(await orderCount()).toBe(3);
    await expect
      .poll(
        async () =>
          await parts.db
            .selectFrom('alerts')
            .select('code')
            .where('strategy_id', '=', strategyId)
            .execute(),
      )
      .toEqual([{ code: 'constant_signal_id' }]);
  });
});

describe('ChartInk', () => {
  const scan = (stocks: string) => ({
    stocks,
    trigger_prices: '1,2,3',
    triggered_at: '2:34 pm',
    scan_name: 'BUY',
  });

  it('duplicates are found for each stock', async () => {
    await post(scan('SBIN,INFY'));
    const second = await post(scan('SBIN,INFY,TCS'));
    expect(second.body).toMatchObject({
      orders: [{ symbol: 'TCS' }],
      refused: [
        { symbol: 'SBIN', code: 'duplicate_signal' },
        { symbol: 'INFY', code: 'duplicate_signal' },
      ],
    });
    expect(await orderCount()).toBe(3);
  });
});

it('two replicas storing two instruments in opposite orders lose nothing and never fail', async () => {
  const stocks = (list: string) => ({
    stocks: list,
    scan_name: `BUY ${randomUUID()}`,
    trigger_prices: '',
  });
  await parts.db
    .updateTable('strategies')
    .set({ max_orders_per_day: 10_000 })
    .where('id', '=', strategyId)
    .execute();
  for (let round = 0; round < 50; round++) {
    const orders = ['SBIN,INFY', 'INFY,SBIN', 'TCS,SBIN', 'SBIN,TCS'];
    const answers = await Promise.all(
      orders.map(async (list, index) => await post(stocks(list), { replica: index % 2 })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  }
  expect(await orderCount()).toBe(400);
});
