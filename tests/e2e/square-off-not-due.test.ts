import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  clockAt,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
  untilTicked,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
  hold(stack, 'SBIN', 10);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function squareOffsAt(clock: { TRADING_CLOCK: string }) {
  await stack.start('scheduler', clock);
  await untilTicked(stack);
  return await squareOffs(stack);
}

it('a strategy that was made after its time is squared off tomorrow', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'], madeAgo: '1 minute' });
  expect(await squareOffsAt(clockAt('15:20:00'))).toEqual([]);
});

it('a strategy whose time was moved into the past is squared off tomorrow', async () => {
  const id = await makeIntraday(stack, { symbols: ['SBIN'], values: { squareoff_time: '15:25' } });
  const strategy = stack.db.updateTable('strategies').where('id', '=', id);
  await strategy.set({ squareoff_time: '15:15' }).execute();
  expect(await squareOffsAt(clockAt('15:20:00'))).toEqual([]);
});

it('a time that is moved later after the square-off is a further run', async () => {
  const id = await makeIntraday(stack, { symbols: ['SBIN'] });
  const scheduler = await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(async () => (await squareOffs(stack))[0]?.status, within).toBe('sent');
  await scheduler.kill();
  const strategy = stack.db.updateTable('strategies').where('id', '=', id);
  await strategy.set({ squareoff_time: '15:20' }).execute();
  await stack.start('scheduler', clockAt('15:19:57'));
  await expect
    .poll(async () => (await squareOffs(stack)).map(({ run }) => run), within)
    .toEqual([1, 2]);
});

it.each([
  ['a holiday', '2026-01-26'],
  ['a Saturday', '2026-02-14'],
])('on %s nothing is squared off', async (_what, date) => {
  await makeIntraday(stack, { symbols: ['SBIN'], madeAgo: '8 hours' });
  expect(await squareOffsAt(clockAt('15:16:00', date))).toEqual([]);
});

it('before its minute nothing is squared off', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'] });
  expect(await squareOffsAt(clockAt('15:10:00'))).toEqual([]);
});
