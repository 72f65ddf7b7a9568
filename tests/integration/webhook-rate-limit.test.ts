import { randomUUID } from 'node:crypto';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy, type Seed } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';
import { fillNew, sbin } from '../support/positions.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';

let parts: FreshParts;
let redis: PrivateRedis;
let replicas: TestIngress[];
let webhookId: string;
let seed: Seed;

beforeEach(async () => {
  parts = await freshParts();
  redis = await startPrivateRedis();
  const place = { ...parts, redisUrl: redis.redisUrl, webhooksPerMinute: 5 };
  replicas = [await openIngress(place), await openIngress(place)];
  await trade({});
});
afterEach(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await parts.dispose();
});

/** A strategy that trades everything, and is called from then on. */
async function trade(values: Partial<Parameters<typeof makeStrategy>[1]>) {
  const accountId = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { account_id: accountId, ...values });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
  seed = { db: parts.db, accountId, strategyId };
}

/** As if ten shares of each had been bought. */
async function hold(...symbols: string[]) {
  for (const symbol of symbols) await fillNew(seed, { instrument: { ...sbin, symbol } });
}

let calls = 0;
const post = async (action: string, id = webhookId, more: Record<string, unknown> = {}) => {
  calls += 1;
  const { url } = replicas[calls % 2] ?? { url: '' };
  return await postWebhook(url, { webhookId: id, body: { symbol: `S${calls}`, action, ...more } });
};

const exit = async (symbol: string, more: Record<string, unknown> = {}) =>
  await post('SELL', webhookId, { symbol, ...more });

const statuses = async (count: number, action: string) => {
  const seen: number[] = [];
  for (let index = 0; index < count; index++) seen.push((await post(action)).status);
  return seen;
};

describe('a webhook above its rate', () => {
  it('is refused over all replicas, with the time to come back', async () => {
    expect(await statuses(5, 'BUY')).toEqual([200, 200, 200, 200, 200]);
    const refused = await post('BUY');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is counted call by call, where many come in one moment', async () => {
    const seen = await Promise.all(Array.from({ length: 20 }, async () => await post('BUY')));
    expect(seen.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(seen.filter(({ status }) => status === 429)).toHaveLength(15);
    const signals = parts.db.selectFrom('signals').select('code').where('verdict', '=', 'refused');
    expect(await signals.execute()).toEqual([{ code: 'rate_limited' }]);
  });

  it('is stored and told once a minute, not for each call', async () => {
    await statuses(9, 'BUY');
    const signals = parts.db.selectFrom('signals').select('code').where('verdict', '=', 'refused');
    expect(await signals.execute()).toEqual([{ code: 'rate_limited' }]);
    await expect
      .poll(async () => await parts.db.selectFrom('alerts').select('code').execute())
      .toEqual([{ code: 'rate_limited' }]);
  });

  it('lets exits pass on an allowance of their own', async () => {
    await statuses(5, 'BUY');
    expect(await statuses(5, 'SELL')).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(1, 'SELL')).toEqual([429]);
  });

  it('lets exits pass that only what is held makes exits', async () => {
    await trade({ position_scope: 'strategy' });
    await hold('A', 'B');
    await statuses(5, 'BUY');
    expect(await exit('A')).toMatchObject({ status: 200, body: { orders: [{ symbol: 'A' }] } });
    const half = await exit('B', { position_size: 4 });
    expect(half).toMatchObject({ status: 200, body: { orders: [{ symbol: 'B' }] } });
    const sold = parts.db.selectFrom('orders').select(['symbol', 'quantity']);
    expect(await sold.where('role', '=', 'exit').orderBy('symbol').execute()).toEqual([
      { symbol: 'A', quantity: 10 },
      { symbol: 'B', quantity: 6 },
    ]);
    expect((await exit('C')).status).toBe(429);
  });

  it('lets exits pass that are late, because something is held', async () => {
    const hours = { start_time: '09:20', end_time: '09:30', squareoff_time: '09:40' };
    await trade({ position_scope: 'strategy', is_intraday: true, ...hours });
    await hold('A');
    expect(await statuses(5, 'BUY')).toEqual([400, 400, 400, 400, 400]);
    expect(await exit('A')).toMatchObject({ status: 200, body: { orders: [{ symbol: 'A' }] } });
  });

  it('counts an exit once, however often it is decided', async () => {
    const held = ['A', 'B', 'C', 'D', 'E', 'F'];
    await hold(...held);
    await statuses(5, 'BUY');
    const seen: number[] = [];
    for (const symbol of held) seen.push((await exit(symbol, { position_size: 4 })).status);
    expect(seen).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('is not read at all at ten times the rate', async () => {
    await statuses(50, 'BUY');
    const before = await parts.db.selectFrom('signals').select('id').execute();
    expect(await statuses(1, 'SELL')).toEqual([429]);
    expect(await parts.db.selectFrom('signals').select('id').execute()).toHaveLength(before.length);
  });

  it('is still limited, by each process alone, while Redis is away', async () => {
    await redis.stop();
    const seen = await statuses(14, 'BUY');
    expect(seen.filter((status) => status === 200)).toHaveLength(10);
    expect(seen.filter((status) => status === 429)).toHaveLength(4);
  });
});

it('calls of unknown ids are limited by address', async () => {
  const seen: number[] = [];
  for (let index = 0; index < 7; index++) seen.push((await post('BUY', randomUUID())).status);
  expect(seen).toEqual([404, 404, 404, 404, 404, 429, 429]);
});
