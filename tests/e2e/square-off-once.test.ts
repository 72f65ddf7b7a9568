import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  clockAt,
  exitCalls,
  held,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 30_000 };

it('200 mapped symbols and three positions are three exits, once, at the minute, with two schedulers', async () => {
  const symbols = Array.from({ length: 200 }, (_, index) => `S${index}`);
  await makeIntraday(stack, { symbols });
  hold(stack, 'S3', 10);
  hold(stack, 'S77', -5);
  hold(stack, 'S150', 1);
  hold(stack, 'OTHER', 9);
  await stack.start('executor');
  await Promise.all([
    stack.start('scheduler', clockAt('15:14:53')),
    stack.start('scheduler', clockAt('15:14:53')),
  ]);
  expect(await squareOffs(stack)).toEqual([]);
  expect(exitCalls(stack)).toEqual([]);

  await expect.poll(() => exitCalls(stack).length, within).toBe(3);
  await expect
    .poll(() => ['S3', 'S77', 'S150'].map((symbol) => held(stack, symbol)), within)
    .toEqual([0, 0, 0]);
  expect(exitCalls(stack).sort()).toEqual(['S150', 'S3', 'S77']);
  expect(held(stack, 'OTHER')).toBe(9);
  const done = { session_date: '2026-02-10', status: 'sent', exits: 3, run: 1 };
  expect(await squareOffs(stack)).toEqual([done]);
});

it('nothing traded and nothing open is no call', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'] });
  hold(stack, 'OTHER', 9);
  await stack.start('scheduler', clockAt('15:15:00'));
  const done = { session_date: '2026-02-10', status: 'nothing_open', exits: 0, run: 1 };
  await expect.poll(async () => await squareOffs(stack), within).toEqual([done]);
  expect(await stack.db.selectFrom('orders').select('id').execute()).toEqual([]);
});

it('an inactive strategy is squared off too, a positional or deleted one is not', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'], values: { is_active: false } });
  const deleted_at = new Date();
  await makeIntraday(stack, { symbols: ['INFY'], values: { is_active: false, deleted_at } });
  hold(stack, 'SBIN', 10);
  hold(stack, 'INFY', 10);
  await stack.start('executor');
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(await squareOffs(stack)).toHaveLength(1);
  expect(held(stack, 'INFY')).toBe(10);
});
