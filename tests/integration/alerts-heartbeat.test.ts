import { setTimeout as sleep } from 'node:timers/promises';
import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import { startHttpServer } from '../support/far-side.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import { openStack } from '../support/stack.ts';

const severalBeatsMs = 2000;

it('no heartbeat comes while Redis is away, and the scheduler lives on', async () => {
  await using redis = await startPrivateRedis();
  await using stack = await openStack({ redisUrl: redis.redisUrl });
  await using server = await startHttpServer((response) => response.end());
  const scheduler = await stack.start('scheduler', {
    HEARTBEAT_URL: `${server.url}/heart`,
    HEARTBEAT_MS: '100',
  });
  const until = async (count: number) =>
    await poll(async () => await Promise.resolve(server.heard.length >= count || undefined), {
      what: 'heartbeats',
      withinMs: 20_000,
    });
  await until(2);
  expect(server.heard[0]).toMatchObject({ method: 'GET', path: '/heart' });

  await redis.stop();
  await sleep(severalBeatsMs);
  const before = server.heard.length;
  await sleep(severalBeatsMs);
  expect(server.heard).toHaveLength(before);

  await redis.start();
  await until(before + 2);
  expect(scheduler.isRunning()).toBe(true);
});

it('a heartbeat address that refuses is said once in the log, without the address', async () => {
  await using stack = await openStack();
  await using server = await startHttpServer((response) => response.writeHead(500).end());
  const scheduler = await stack.start('scheduler', {
    HEARTBEAT_URL: `${server.url}/secret-check-id`,
    HEARTBEAT_MS: '100',
  });
  await scheduler.waitForEvent('heartbeat_failed');
  await poll(async () => await Promise.resolve(server.heard.length > 5 || undefined), {
    what: 'more beats',
    withinMs: 20_000,
  });
  const told = scheduler.logs().filter((line) => line['event'] === 'heartbeat_failed');
  expect(told).toHaveLength(1);
  expect(scheduler.tail()).not.toContain('secret-check-id');
});
