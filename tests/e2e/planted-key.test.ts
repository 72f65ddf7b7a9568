import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';

const plantedKey = 'planted-key-7f3a9c51e2d84b60';

let stack: Stack;
const cleanUp = new AsyncDisposableStack();

beforeEach(async () => {
  stack = await openStack({ env: { LOG_LEVEL: 'trace' } });
});
afterEach(async () => {
  await cleanUp.disposeAsync();
  await stack[Symbol.asyncDispose]();
});

/** An OpenAlgo that says the caller's key back in every error, and hangs up now and then. */
async function startTalkative(): Promise<string> {
  let calls = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls += 1;
      if (calls % 4 === 0) return void request.socket.resetAndDestroy();
      const message = `I was sent ${Buffer.concat(chunks).toString()}`;
      response.writeHead(calls % 2 === 0 ? 500 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: 'error', message, apikey: plantedKey }));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cleanUp.defer(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function everythingInRedis(): Promise<string> {
  const redis = new Redis(stack.parts.redisUrl);
  const texts: string[] = [];
  for (const key of await redis.keys(`${stack.parts.redisPrefix}*`)) {
    const dump = await redis.dumpBuffer(key);
    texts.push(key, dump.toString('latin1'));
  }
  redis.disconnect();
  return texts.join('\n');
}

async function everythingInPostgres(): Promise<string> {
  const { rows } = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'public'`.execute(stack.db);
  const texts: string[] = [];
  for (const { tablename } of rows) {
    const content = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(tablename)} t`.execute(stack.db);
    texts.push(...content.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

it('an API key is found nowhere: not in Redis, Postgres, logs or answers', async () => {
  const account_id = await addAccount(stack.db, {
    baseUrl: await startTalkative(),
    apiKey: plantedKey,
  });
  await stack.db
    .updateTable('openalgo_accounts')
    .set({ name: 'talkative' })
    .where('id', '=', account_id)
    .execute();
  const strategyId = await makeStrategy(stack.db, { account_id });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  const webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
  const ingress = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const answers: string[] = [];
  for (let index = 0; index < 12; index++) {
    const body = { symbol: `STOCK${index}`, action: index % 3 === 0 ? 'SELL' : 'BUY' };
    answers.push(JSON.stringify((await postWebhook(ingress.url, { webhookId, body })).body));
  }
  await poll(async () => ((await openOrders()) === 0 ? true : undefined), {
    what: 'every order answered',
    withinMs: 50_000,
  });
  const places: Record<string, string> = {
    redis: await everythingInRedis(),
    postgres: await everythingInPostgres(),
    answers: answers.join('\n'),
    logs: stack
      .processes()
      .map((process) => JSON.stringify(process.logs()) + process.tail())
      .join('\n'),
  };
  for (const [name, text] of Object.entries(places)) {
    expect(text.length, name).toBeGreaterThan(100);
    expect(text.includes(plantedKey), name).toBe(false);
  }
  expect(places['postgres']).toContain('I was sent');
});

async function openOrders(): Promise<number> {
  const rows = await stack.db
    .selectFrom('orders')
    .select('id')
    .where('status', 'in', ['queued', 'submitting'])
    .execute();
  return rows.length;
}
