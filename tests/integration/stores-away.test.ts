import { migrate } from '@orderlane/db/migrate';
import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';
import { type PrivatePostgres, startPrivatePostgres } from '../support/private-postgres.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';

let postgres: PrivatePostgres;
let redis: PrivateRedis;
let opened: OpenedDb;
let ingress: TestIngress;
let webhookId: string;

beforeEach(async () => {
  [postgres, redis] = await Promise.all([startPrivatePostgres(), startPrivateRedis()]);
  await migrate(postgres.databaseUrl);
  opened = openDb({ databaseUrl: postgres.databaseUrl, poolSize: 2 });
  const place = {
    databaseUrl: postgres.databaseUrl,
    redisUrl: redis.redisUrl,
    redisPrefix: 'away',
  };
  ingress = await openIngress(place);
  const account_id = await makeAccount(opened.db);
  const strategyId = await makeStrategy(opened.db, { account_id });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(opened.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(opened.db, strategyId))?.webhookId ?? '';
});
afterEach(async () => {
  await ingress[Symbol.asyncDispose]();
  await opened.close();
  await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const post = async (symbol: string) =>
  await postWebhook(ingress.url, { webhookId, body: { symbol, action: 'BUY' } });

const orders = async () =>
  await opened.db.selectFrom('orders').select(['symbol', 'status']).execute();

it('without Redis a webhook is stored and answered 200', async () => {
  await redis.stop();
  expect((await post('SBIN')).status).toBe(200);
  expect(await orders()).toEqual([{ symbol: 'SBIN', status: 'queued' }]);
});

it('a Redis that hangs does not hold up the answer beyond the patience of TradingView', async () => {
  await redis.pause();
  expect(await postPatiently('SBIN')).toBe(200);
  await redis.resume();
});

it('a Postgres that hangs: 503 while TradingView still listens, and nothing is traded later', async () => {
  await post('SBIN');
  await postgres.pause();
  const answers = ['INFY', 'TCS', 'ITC'].map(async (symbol) => await postPatiently(symbol));
  expect(await Promise.all(answers)).toEqual([503, 503, 503]);
  await postgres.resume();
  await expect.poll(async () => await busyConnections(), { timeout: 20_000 }).toBe(0);
  expect(await orders()).toEqual([{ symbol: 'SBIN', status: 'queued' }]);
  expect((await post('WIPRO')).status).toBe(200);
});

/** As TradingView, which waits for three seconds and does not send again when they are over. */
async function postPatiently(symbol: string): Promise<number> {
  const response = await fetch(`${ingress.url}/strategy/webhook/${webhookId}`, {
    method: 'POST',
    signal: AbortSignal.timeout(3000),
    body: JSON.stringify({ symbol, action: 'BUY' }),
  });
  return response.status;
}

async function busyConnections(): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`.execute(
    opened.db,
  );
  return rows[0]?.count ?? 0;
}

it('without Postgres the answer is 503 and nothing is half-done; afterwards it works again', async () => {
  await post('SBIN');
  await postgres.stop();
  expect(await post('INFY')).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
  await postgres.start();
  await expect.poll(async () => (await post('TCS')).status, { timeout: 20_000 }).toBe(200);
  expect(await orders()).toEqual([
    { symbol: 'SBIN', status: 'queued' },
    { symbol: 'TCS', status: 'queued' },
  ]);
});

it('a Postgres that crashes in the middle of the calls loses none that was accepted', async () => {
  const accepted: string[] = [];
  const burst = Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const answer = await post(`S${index}`);
      if (answer.status === 200) accepted.push(`S${index}`);
      return answer.status;
    }),
  );
  await expect.poll(() => accepted.length, { timeout: 20_000 }).toBeGreaterThan(5);
  await postgres.kill();
  const statuses = await burst;
  await postgres.start();
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
  await expect
    .poll(
      async () =>
        new Set((await orders()).map(({ symbol }) => symbol)).isSupersetOf(new Set(accepted)),
      { timeout: 20_000 },
    )
    .toBe(true);
});
