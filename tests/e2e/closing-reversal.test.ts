import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { brokerBook, held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let trader: Trader;
let executor: Awaited<ReturnType<Stack['start']>>;

beforeEach(async () => {
  stack = await openClosingStack();
  const { url: ingressUrl } = await stack.start('ingress');
  [executor] = await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const values = { position_scope: 'strategy', trading_mode: 'BOTH' } as const;
  trader = await makeTrader(stack, { ingressUrl, values });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const reach = async (position_size: number, action: 'BUY' | 'SELL') =>
  await trader.post({ symbol: 'SBIN', action, position_size });
const own = async () => await ownPositions(stack, trader.strategyId);

it('a reversal is one order across zero, and an exit that comes while it rests waits for it', async () => {
  await reach(10, 'BUY');
  await expect.poll(own, within).toEqual({ SBIN: 10 });
  stack.simulator.simulator.faults.add({ kind: 'fill_late', ms: 20_000, action: 'SELL', times: 1 });
  await reach(-10, 'SELL');
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBe(2);
  await reach(0, 'BUY');
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  const sent = placeCalls(stack.simulator).map(
    ({ body }) => body as { action: string; quantity: string },
  );
  expect(sent.map(({ action, quantity }) => `${action} ${quantity}`)).toEqual([
    'BUY 10',
    'SELL 20',
    'BUY 10',
  ]);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(brokerBook(stack).quantityOf({ symbol: 'SBIN', exchange: 'NSE', product: 'MIS' })).toBe(0);
});

it('a partial exit that voids the reversal before it closes what is left on the other side', async () => {
  await reach(-10, 'SELL');
  await expect.poll(own, within).toEqual({ SBIN: -10 });
  await executor.kill();
  await reach(20, 'BUY');
  await reach(4, 'SELL');
  await stack.start('executor');
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(await own()).toEqual({});
});
