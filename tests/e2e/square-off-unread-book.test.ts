import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import {
  clockAt,
  exitCalls,
  held,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
  tradeByHand,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: { ...restlessClock, SQUARE_OFF_RETRY_MS: '200' } });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const alertCodes = async () =>
  (await stack.db.selectFrom('alerts').select('code').execute()).map(({ code }) => code);

async function trade(strategyId: Awaited<ReturnType<typeof makeIntraday>>): Promise<void> {
  await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId });
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(10);
  await morning.kill();
  stack.simulator.simulator.calls.clear();
}

it('what the strategy traded is closed at once, mapped symbols when the book can be read', async () => {
  await trade(await makeIntraday(stack, { symbols: ['SBIN', 'INFY'] }));
  hold(stack, 'INFY', 7);
  stack.simulator.simulator.faults.add({ kind: 'book_error', endpoints: ['positionbook'] });
  await Promise.all([
    stack.start('scheduler', clockAt('15:15:00')),
    stack.start('scheduler', clockAt('15:15:00')),
  ]);
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(held(stack, 'INFY')).toBe(7);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'working', exits: 1 }]);
  expect(await alertCodes()).toEqual(['positions_unread']);
  stack.simulator.simulator.faults.clear();
  await expect.poll(() => held(stack, 'INFY'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN', 'INFY']);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'sent', exits: 2 }]);
});

it('an error that looks like an empty book is not taken for nothing open', async () => {
  await makeIntraday(stack, { symbols: ['INFY'] });
  const watching = await stack.start('scheduler', { ...clockAt('15:14:00'), BOOKS_IDLE_MS: '200' });
  tradeByHand(stack, 'INFY', 7);
  const known = stack.db.selectFrom('broker_orders').select('symbol');
  await expect.poll(async () => await known.execute(), within).toEqual([{ symbol: 'INFY' }]);
  await watching.kill();
  stack.simulator.simulator.faults.add({ kind: 'empty_book', endpoints: ['positionbook'] });
  await stack.start('scheduler', clockAt('15:15:00'));
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'positionbook' }).length;
  await expect.poll(reads, within).toBeGreaterThan(3);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'working' }]);
  stack.simulator.simulator.faults.clear();
  await expect.poll(() => held(stack, 'INFY'), within).toBe(0);
});

it('an empty book that nothing contradicts is believed when it is empty again', async () => {
  await makeIntraday(stack, { symbols: ['INFY'] });
  await stack.start('scheduler', clockAt('15:15:00'));
  const done = { status: 'nothing_open', exits: 0 };
  await expect.poll(async () => await squareOffs(stack), within).toMatchObject([done]);
  const reads = stack.simulator.simulator.calls.list({ endpoint: 'positionbook' });
  expect(reads.length).toBeGreaterThanOrEqual(2);
  expect(await alertCodes()).toEqual([]);
});

it('a book that cannot be read until the close is a missed square-off', async () => {
  await makeIntraday(stack, { symbols: ['INFY'] });
  stack.simulator.simulator.faults.add({ kind: 'book_error', endpoints: ['positionbook'] });
  await stack.start('scheduler', clockAt('15:29:55'));
  await expect
    .poll(async () => await squareOffs(stack), within)
    .toMatchObject([{ status: 'missed' }]);
  expect(await alertCodes()).toContain('square_off_missed');
});
