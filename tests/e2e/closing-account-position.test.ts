import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let trader: Trader;

beforeEach(async () => {
  stack = await openClosingStack({ env: { CLOSING_UNPROVED_MS: '8000' } });
  const { url: ingressUrl } = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  trader = await makeTrader(stack, { ingressUrl });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function enter(): Promise<void> {
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ SBIN: 10 });
}

const exit = async () => await trader.post({ symbol: 'SBIN', action: 'SELL' });
const statuses = async () => (await closings(stack)).map(({ status }) => status);

it('an exit closes what the account holds, and is proved', async () => {
  hold(stack, 'SBIN', 100);
  await enter();
  await exit();
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(await ownPositions(stack, trader.strategyId)).toEqual({});
});

it('one that rests is cancelled and sent again', async () => {
  await enter();
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL', times: 2 });
  await exit();
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
});

it('a position that OpenAlgo reads as 0 is closed all the same', async () => {
  await enter();
  stack.simulator.simulator.faults.add({ kind: 'position_read_zero', times: 1 });
  await exit();
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
});

it('an exit while nothing was ever held ends quietly', async () => {
  await exit();
  await expect.poll(statuses, within).toEqual(['nothing_open']);
  expect(await alertCodes(stack)).toEqual([]);
});

describe('an error that arrives as an empty list', () => {
  it('never proves anything: a person is told, and the exit goes on when the books are back', async () => {
    await enter();
    const { faults } = stack.simulator.simulator;
    faults.add({ kind: 'empty_book', endpoints: ['positionbook', 'tradebook', 'orderbook'] });
    faults.add({ kind: 'position_read_zero' });
    await exit();
    await expect.poll(async () => await alertCodes(stack), within).toContain('exit_unverified');
    expect(await statuses()).toEqual(['open']);
    expect(held(stack, 'SBIN')).toBe(10);
    faults.clear();
    await expect.poll(statuses, within).toEqual(['verified']);
    expect(held(stack, 'SBIN')).toBe(0);
  });
});

it('an entry of unknown fate that fills after the exit is closed too', async () => {
  hold(stack, 'INFY', 1);
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'hang_then_execute', ms: 15_000, action: 'BUY', times: 1 });
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBe(1);
  await exit();
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBeGreaterThanOrEqual(2);
  const bought = stack.db
    .selectFrom('orders')
    .select('filled_quantity')
    .where('role', '=', 'entry');
  await expect
    .poll(async () => await bought.execute(), { timeout: 40_000 })
    .toEqual([{ filled_quantity: 10 }]);
  await expect.poll(statuses, within).toEqual(['verified']);
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
});

it('a rejection with the same words is told, and tried again until it works', async () => {
  await enter();
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'broker_refusal', action: 'SELL', message: 'RMS: blocked' });
  await exit();
  await expect.poll(async () => await alertCodes(stack), within).toContain('exit_stuck');
  expect(await statuses()).toEqual(['open']);
  faults.clear();
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
});
