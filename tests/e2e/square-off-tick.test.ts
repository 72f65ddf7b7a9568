import { expect, it } from 'vitest';
import { clockAt, makeIntraday, squareOffs } from '../support/square-off.ts';
import { openStack } from '../support/stack.ts';

it('the job scheduler ticks by itself, every minute, for one of the schedulers', async () => {
  // Nobody ticks by himself, so what is due waits for the next full minute of Redis.
  const env = { TICK_STALE_MS: '3600000', LOG_LEVEL: 'debug' };
  await using stack = await openStack({ env });
  await makeIntraday(stack, { symbols: ['SBIN'] });
  await Promise.all([
    stack.start('scheduler', clockAt('15:14:58')),
    stack.start('scheduler', clockAt('15:14:58')),
  ]);
  expect(await squareOffs(stack)).toEqual([]);
  await expect
    .poll(async () => await squareOffs(stack), { timeout: 80_000 })
    .toMatchObject([{ session_date: '2026-02-10', run: 1 }]);
}, 120_000);
