import { randomUUID } from 'node:crypto';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';

let parts: FreshParts;
let redis: PrivateRedis;
let replicas: TestIngress[];
let webhookId: string;

beforeEach(async () => {
  parts = await freshParts();
  redis = await startPrivateRedis();
  const place = { ...parts, redisUrl: redis.redisUrl, webhooksPerMinute: 5 };
  replicas = [await openIngress(place), await openIngress(place)];
  const account_id = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { account_id });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
});
afterEach(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await parts.dispose();
});

let calls = 0;
const post = async (action: string, id = webhookId) => {
  calls += 1;
  const { url } = replicas[calls % 2] ?? { url: '' };
  return await postWebhook(url, { webhookId: id, body: { symbol: `S${calls}`, action } });
};

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
