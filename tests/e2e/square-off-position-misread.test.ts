import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { clockAt, exitCalls, held, makeIntraday, restlessClock } from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: { ...restlessClock, BOOKS_IDLE_MS: '200' } });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('"no open position" of an OpenAlgo that could not read it is not believed against the order book', async () => {
  const strategyId = await makeIntraday(stack, { symbols: ['SBIN'] });
  const entry = await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId });
  const statusOf = async () =>
    (await stack.db.selectFrom('orders').select(['id', 'status']).execute()).map((order) =>
      order.id === entry ? order.status : `exit ${order.status}`,
    );
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  await expect.poll(statusOf, within).toEqual(['filled']);
  await morning.kill();
  stack.simulator.simulator.faults.add({ kind: 'position_read_zero', times: 1 });
  stack.simulator.simulator.calls.clear();
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN', 'SBIN']);
  await expect.poll(statusOf, within).toEqual(['filled', 'exit filled']);
});
