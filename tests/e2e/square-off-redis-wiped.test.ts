import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LaneJobs, openLaneJobs } from '../support/lane-jobs.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';
import { clockAt, exitCalls, held, hold, makeIntraday, squareOffs } from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 30_000 };
// Far above what the job scheduler needs, were it not wiped: its next tick is up to a minute away.
const ownTick = { TICK_CHECK_MS: '200', TICK_STALE_MS: '4000' };

let redis: PrivateRedis;
let stack: Stack;
let jobs: LaneJobs;

beforeEach(async () => {
  redis = await startPrivateRedis();
  stack = await openStack({ redisUrl: redis.redisUrl, env: ownTick });
  jobs = await openLaneJobs({ redisUrl: redis.redisUrl, redisPrefix: stack.parts.redisPrefix });
  await makeIntraday(stack, { symbols: ['SBIN'] });
  hold(stack, 'SBIN', 10);
  await stack.start('executor');
});
afterEach(async () => {
  await jobs[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const armed = async () =>
  await jobs.redis.exists(`${stack.parts.redisPrefix}:tick:repeat:square-off-tick`);

it('a Redis that is wiped before the minute: still squared off, and armed again', async () => {
  await stack.start('scheduler', clockAt('15:14:54'));
  await expect.poll(armed, within).toBe(1);
  await jobs.redis.flushall();
  expect(await squareOffs(stack)).toEqual([]);
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN']);
  await expect.poll(armed, within).toBe(1);
});

it('without Redis the exits are stored at the minute, and sent when it is back', async () => {
  const scheduler = await stack.start('scheduler', clockAt('15:14:54'));
  await redis.stop();
  await expect
    .poll(async () => await squareOffs(stack), within)
    .toMatchObject([{ status: 'sent', exits: 1 }]);
  expect(exitCalls(stack)).toEqual([]);
  await redis.start();
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN']);
  await expect.poll(armed, within).toBe(1);
  expect((await scheduler.stop()).code).toBe(0);
});

it('stops in order while Redis is away', async () => {
  const scheduler = await stack.start('scheduler', clockAt('12:00:00'));
  await redis.stop();
  expect((await scheduler.stop()).code).toBe(0);
});

it('starts while Redis is away, and squares off', async () => {
  await redis.stop();
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect
    .poll(async () => await squareOffs(stack), within)
    .toMatchObject([{ status: 'sent', exits: 1 }]);
});
