import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { shownQueues, startConsole } from '../support/console.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { createBrowser } from '../support/here-console.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import type { TestProcess } from '../support/start-process.ts';

test('without Postgres nobody is known: the console says what is wrong, and goes on with it', async () => {
  await using parts = await freshParts();
  await using postgres = await startPrivatePostgres();
  await using board = await startConsole({ ...parts, databaseUrl: postgres.databaseUrl });
  expect((await board.admin.get('/me')).status).toBe(200);

  const made = await board.admin.post('/keys/new', { name: 'bot', scopes: ['read'] });
  const { key } = made.body['data'] as { key: string };
  const away = {
    status: 503,
    body: { status: 'error', code: 'store_unavailable', details: [] },
  };
  await postgres.kill();
  expect(await board.admin.get('/me')).toMatchObject(away);
  const bearer = { authorization: `Bearer ${key}` };
  expect(await createBrowser(board.url).get('/me', bearer)).toMatchObject(away);
  expect(await readiness(board)).toMatchObject({ checks: { redis: 'ok' }, status: 'error' });
  expect((await fetch(`${board.url}/healthz`)).status).toBe(200);

  await postgres.start();
  await poll(async () => ((await fetch(`${board.url}/readyz`)).ok ? true : undefined), {
    what: 'the console on its Postgres again',
    withinMs: 20_000,
  });
  expect((await board.admin.get('/me')).status).toBe(200);
});

test('without Redis the console says so, comes back with it, and stops in order', async () => {
  await using parts = await freshParts();
  await using redis = await startPrivateRedis();
  await using board = await startConsole({ ...parts, redisUrl: redis.redisUrl });
  await redis.kill();
  expect(await readiness(board)).toMatchObject({ checks: { postgres: 'ok' }, status: 'error' });
  expect((await fetch(`${board.url}/healthz`)).status).toBe(200);

  await redis.start();
  await poll(async () => ((await fetch(`${board.url}/readyz`)).ok ? true : undefined), {
    what: 'the console on its Redis again',
    withinMs: 20_000,
  });
  expect((await shownQueues(board)).map(({ name }) => name)).toEqual(['tick']);
  await redis.kill();
  expect(await board.stop()).toMatchObject({ code: 0 });
});

async function readiness(board: TestProcess): Promise<unknown> {
  return await (await fetch(`${board.url}/readyz`)).json();
}
