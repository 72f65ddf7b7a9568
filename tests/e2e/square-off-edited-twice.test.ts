import { updateStrategy } from '@orderlane/db/change-strategies';
import type { StrategyId } from '@orderlane/domain/ids';
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

let stack: Stack;
let id: StrategyId;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
  hold(stack, 'SBIN', 10);
  id = await makeIntraday(stack, { symbols: ['SBIN'] });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const moveTo = async (squareoff_time: string) =>
  await updateStrategy(stack.db, { id, values: { squareoff_time } });
const runs = async () => (await squareOffs(stack)).map(({ run }) => run);

async function tickAt(time: string): Promise<void> {
  const scheduler = await stack.start('scheduler', clockAt(time));
  await untilTicked(stack);
  await scheduler.kill();
}

it('before it is due: the last of two times counts, once', async () => {
  await moveTo('15:14');
  await moveTo('15:20');
  await tickAt('15:15:30');
  expect(await runs()).toEqual([]);
  await tickAt('15:20:00');
  expect(await runs()).toEqual([1]);
});

it('after it was done: two later times are one further run, at the last of them', async () => {
  await tickAt('15:15:00');
  expect(await runs()).toEqual([1]);
  await moveTo('15:16');
  await moveTo('15:18');
  await tickAt('15:16:30');
  expect(await runs()).toEqual([1]);
  await tickAt('15:18:00');
  expect(await runs()).toEqual([1, 2]);
  await tickAt('15:19:00');
  expect(await runs()).toEqual([1, 2]);
});

it('away and back within its minute after it was done is no further run', async () => {
  await tickAt('15:15:00');
  await moveTo('15:20');
  await moveTo('15:15');
  await tickAt('15:15:40');
  await tickAt('15:21:00');
  expect(await runs()).toEqual([1]);
});

it('two edits at once leave one of the times, and one square-off', async () => {
  await Promise.all([moveTo('15:17'), moveTo('15:18'), moveTo('15:17'), moveTo('15:18')]);
  const { squareoff_time } = await stack.db
    .selectFrom('strategies')
    .select('squareoff_time')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await tickAt('15:16:30');
  expect(await runs()).toEqual([]);
  await tickAt(`${squareoff_time}:00`);
  expect(await runs()).toEqual([1]);
  await tickAt('15:19:00');
  expect(await runs()).toEqual([1]);
});
