import { Redis } from 'ioredis';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { startPrivateRedis } from '../support/private-redis.ts';

test('a private Postgres keeps what was committed over a kill, on the same address', async () => {
  await using postgres = await startPrivatePostgres();
  await query(postgres.databaseUrl, 'create table kept as select 7 as n');
  await postgres.kill();
  await expect(query(postgres.databaseUrl, 'select 1')).rejects.toThrow('ECONNREFUSED');
  await postgres.start();
  expect(await query(postgres.databaseUrl, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('a paused Postgres answers nothing until it is resumed', async () => {
  await using postgres = await startPrivatePostgres();
  await postgres.pause();
  await expect(query(postgres.databaseUrl, 'select 1 as n')).rejects.toThrow('timeout');
  await postgres.resume();
  expect(await query(postgres.databaseUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a private Redis with an append-only file keeps its keys over stop and start', async () => {
  await using server = await startPrivateRedis({ appendOnly: true });
  await command(server.redisUrl, async (redis) => await redis.set('kept', 'yes'));
  await server.stop();
  await server.start();
  expect(await command(server.redisUrl, async (redis) => await redis.get('kept'))).toBe('yes');
});

test('a private Redis without one comes back empty after a kill', async () => {
  await using server = await startPrivateRedis();
  await command(server.redisUrl, async (redis) => await redis.set('kept', 'yes'));
  await server.kill();
  await server.start();
  expect(await command(server.redisUrl, async (redis) => await redis.get('kept'))).toBeNull();
});

test('Redis refuses writes when it is full and never forgets a key', async () => {
  await using server = await startPrivateRedis();
  const policy = await command(server.redisUrl, async (redis) => {
    return await redis.config('GET', 'maxmemory-policy');
  });
  expect(policy).toEqual(['maxmemory-policy', 'noeviction']);
});

test('a private Redis answers nobody without its password', async () => {
  await using server = await startPrivateRedis();
  const address = new URL(server.redisUrl);
  address.password = '';
  const answer = command(address.href, async (redis) => await redis.get('any'));
  await expect(answer).rejects.toThrow('NOAUTH');
});

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 500 });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

async function command<T>(redisUrl: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisUrl);
  redis.on('error', () => undefined);
  try {
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
