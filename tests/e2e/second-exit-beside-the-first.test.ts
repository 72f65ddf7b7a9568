import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let trader: Trader;

beforeEach(async () => {
  // What rests is left to rest here: the test says when it fills.
  stack = await openClosingStack({ env: { CLOSING_REST_MS: '60 seconds' } });
  const { url: ingressUrl } = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  trader = await makeTrader(stack, { ingressUrl });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const calls = () => placeCalls(stack.simulator).length;

it('an exit of the account position sells nothing while one before it may still fill', async () => {
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ SBIN: 10 });
  // Two seconds here, four times as long as an exit waits for what is no exit.
  stack.simulator.simulator.faults.add({
    kind: 'fill_late',
    ms: 20_000,
    action: 'SELL',
    times: 1,
  });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(calls, within).toBe(2);
  await trader.post({ symbol: 'SBIN', action: 'SELL', comment: 'again' });

  const statuses = async () => (await closings(stack)).map(({ status }) => status);
  await expect.poll(statuses, within).toEqual(['verified']);
  const ended = async () =>
    await stack.db.selectFrom('orders').select('id').where('final_at', 'is', null).execute();
  await expect.poll(ended, within).toEqual([]);
  expect(held(stack, 'SBIN')).toBe(0);
  // Twice sold and bought back would be flat, too.
  const traded = stack.db.selectFrom('broker_orders').select(['action', 'filled_quantity']);
  expect((await traded.execute()).toSorted((a, b) => a.action.localeCompare(b.action))).toEqual([
    { action: 'BUY', filled_quantity: 10 },
    { action: 'SELL', filled_quantity: 10 },
  ]);
  expect(await ownPositions(stack, trader.strategyId)).toEqual({});
});
