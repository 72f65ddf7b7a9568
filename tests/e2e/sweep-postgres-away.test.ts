import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '@orderlane/db/open-db';
import { expect, it } from 'vitest';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freePort } from '../support/free-port.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import { startProcess } from '../support/start-process.ts';

const severalSweepsMs = 2000;

it('goes on after Postgres was away, and tells of it once', async () => {
  await using postgres = await startPrivatePostgres();
  await using redis = await startPrivateRedis();
  const port = await freePort();
  const env = {
    DATABASE_URL: postgres.databaseUrl,
    REDIS_URL: redis.redisUrl,
    ORDERLANE_SECRET_KEY: 'a secret key of this test, 32 chars',
    SCHEDULER_PORT: String(port),
    SWEEP_MS: '200',
  };
  const entry = 'services/scheduler/src/main.ts';
  await using scheduler = await startProcess({ name: 'scheduler', entry, port, env });
  await postgres.kill();
  await sleep(severalSweepsMs);
  const told = scheduler.logs().filter((line) => line['event'] === 'postgres_failed');
  expect(told).toHaveLength(1);
  await postgres.start();

  const opened = openDb({ databaseUrl: postgres.databaseUrl, poolSize: 2 });
  await storeOrder(await seedStrategy(opened.db), { expiresInMs: 1 });
  const statuses = async () =>
    (await opened.db.selectFrom('orders').select('status').execute()).map(({ status }) => status);
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(['expired']);
  await opened.close();
});
