import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMetrics } from '../support/metrics.ts';
import { type PrivateParts, privateParts } from '../support/private-parts.ts';
import { openStack, type Stack } from '../support/stack.ts';

let parts: PrivateParts;
let stack: Stack;

beforeEach(async () => {
  parts = await privateParts();
  stack = await openStack({ parts, env: { METRICS_MS: '200' } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('what a store that is away would have to say is not shown, and comes back with it', async () => {
  const { url } = await stack.start('scheduler');
  const lane = { account: String(stack.accountId), lane: 'regular' };
  const shown = async () => {
    const metrics = await readMetrics(url);
    return [
      metrics.get('orderlane_store_up', { store: 'postgres' }),
      metrics.get('orderlane_store_up', { store: 'redis' }),
      metrics.get('orderlane_orders', { status: 'queued', lane: 'regular' }),
      metrics.get('orderlane_lane_executors', lane),
    ];
  };
  const isShown = async (expected: (number | undefined)[]) =>
    await expect.poll(shown, { timeout: 20_000 }).toEqual(expected);
  await isShown([1, 1, 0, 0]);
  await parts.redis.kill();
  await isShown([1, 0, 0, undefined]);
  await parts.redis.start();
  await isShown([1, 1, 0, 0]);
  // It takes calls and answers none.
  await parts.postgres.pause();
  await isShown([0, 1, undefined, 0]);
  await parts.postgres.resume();
  await isShown([1, 1, 0, 0]);
  await parts.postgres.kill();
  await isShown([0, 1, undefined, 0]);
  await parts.postgres.start();
  await isShown([1, 1, 0, 0]);
});
