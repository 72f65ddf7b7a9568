import { openDb } from '@orderlane/db/open-db';
import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { shownQueues, startConsole } from '../support/console.ts';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import type { TestProcess } from '../support/start-process.ts';

test('without Postgres the console shows the lanes it saw last', async () => {
  await using parts = await freshParts();
  await using postgres = await startPrivatePostgres();
  const { db, close } = openDb({ databaseUrl: postgres.databaseUrl, poolSize: 1 });
  const accountId = await makeAccount(db);
  await close();
  await using board = await startConsole({ ...parts, databaseUrl: postgres.databaseUrl });
  const names = ['tick', `regular.${accountId}`, `smart.${accountId}`];
  expect((await shownQueues(board)).map(({ name }) => name)).toEqual(names);

  await postgres.kill();
  expect((await shownQueues(board)).map(({ name }) => name)).toEqual(names);
  expect(await readiness(board)).toMatchObject({ checks: { redis: 'ok' }, status: 'error' });
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
