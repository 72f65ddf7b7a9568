import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import { parsePosted } from '../support/alerts.ts';
import { startHttpServer } from '../support/far-side.ts';
import { freePort } from '../support/free-port.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import { startProcess } from '../support/start-process.ts';

it('a scheduler tells by itself, once, that a store is away and that it is back; its heart stops meanwhile', async () => {
  await using postgres = await startPrivatePostgres();
  await using redis = await startPrivateRedis();
  await using server = await startHttpServer((response) => response.end());
  const port = await freePort();
  const env = {
    DATABASE_URL: postgres.databaseUrl,
    REDIS_URL: redis.redisUrl,
    ORDERLANE_SECRET_KEY: 'a secret key of this test, 32 chars',
    SCHEDULER_PORT: String(port),
    STORES_CHECK_MS: '200',
    ALERT_WEBHOOK_URL: `${server.url}/hook`,
    HEARTBEAT_URL: `${server.url}/heart`,
    HEARTBEAT_MS: '100',
  };
  const entry = 'services/scheduler/src/main.ts';
  await using _scheduler = await startProcess({ name: 'scheduler', entry, port, env });
  const told = () =>
    server.heard.filter(({ path }) => path === '/hook').map(({ body }) => parsePosted(body).code);
  const beats = () => server.heard.filter(({ path }) => path === '/heart').length;
  const untilTold = async (code: string) =>
    await poll(async () => await Promise.resolve(told().includes(code) || undefined), {
      what: code,
      withinMs: 20_000,
    });
  const untilBeats = async () => {
    const before = beats();
    const what = 'a heartbeat';
    const heard = async () => await Promise.resolve(beats() > before + 1 || undefined);
    await poll(heard, { what, withinMs: 20_000 });
  };
  await untilBeats();

  for (const [store, name] of [
    [redis, 'redis'],
    [postgres, 'postgres'],
  ] as const) {
    await store.pause();
    await untilTold(`${name}_away`);
    const silent = beats();
    // Hanging or gone, it is one outage.
    await store.kill();
    await store.start();
    await untilTold(`${name}_back`);
    expect(silent).toBeLessThanOrEqual(beats());
    await untilBeats();
  }

  expect(told()).toEqual(['redis_away', 'redis_back', 'postgres_away', 'postgres_back']);
  const away = server.heard.find(({ body }) => body.includes('postgres_away'));
  expect(away?.body).toContain('Postgres has not answered since');
  expect(away?.body).toContain('What to do: Start Postgres');
});
