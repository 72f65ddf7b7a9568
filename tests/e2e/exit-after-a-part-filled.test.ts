import { afterEach, beforeEach, expect, it } from 'vitest';
import { closings, makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { brokerBook, held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let ingressUrl: string;

beforeEach(async () => {
  stack = await openClosingStack();
  ingressUrl = (await stack.start('ingress')).url;
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('an exit of what is closed already ends, though an order was cancelled when a part had filled', async () => {
  const trader = await makeTrader(stack, { ingressUrl });
  const own = async () => await ownPositions(stack, trader.strategyId);
  stack.simulator.simulator.faults.add({ kind: 'fill_part', quantity: 3, times: 1 });
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect.poll(own, within).toEqual({ SBIN: 3 });
  const book = brokerBook(stack);
  for (const order of book.orders.values()) book.setStatus(order, 'cancelled', Date.now());
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(0);
  // Live order books do not say how much of an order filled: of this one it is known by its trades.
  await trader.post({ symbol: 'SBIN', action: 'SELL', position_size: 0 });
  await expect
    .poll(async () => (await closings(stack)).map(({ status }) => status), within)
    .toEqual(['verified', 'verified']);
  expect(placeCalls(stack.simulator)).toHaveLength(3);
});
