import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { brokerBook, held, hold } from '../support/square-off.ts';
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

async function enter(trader: Trader, body: Record<string, unknown> = {}): Promise<void> {
  const before = await ownPositions(stack, trader.strategyId);
  await trader.post({ symbol: 'SBIN', action: 'BUY', ...body });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .not.toEqual(before);
}

const scopeStrategy = { position_scope: 'strategy', trading_mode: 'LONG' } as const;

it('an exit closes what the strategy holds, and leaves by-hand shares and other strategies alone', async () => {
  hold(stack, 'SBIN', 100);
  await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
  const one = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  const other = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(one);
  await enter(other, { position_size: 4 });
  expect(held(stack, 'SBIN')).toBe(114);
  const answer = await one.post({ symbol: 'SBIN', action: 'SELL' });
  expect(answer).toMatchObject({ status: 200, body: { orders: [{ lane: 'regular' }] } });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(104);
  expect(await ownPositions(stack, one.strategyId)).toEqual({});
  expect(await ownPositions(stack, other.strategyId)).toEqual({ SBIN: 4 });
  await one.post({ symbol: 'SBIN', action: 'SELL' });
  expect(
    placeCalls(stack.simulator).map(({ body }) => (body as { quantity: string }).quantity),
  ).toEqual(['10', '4', '10']);
  expect(await alertCodes(stack)).toEqual([]);
});

it('a partial exit sells the difference and is proved as well', async () => {
  const trader = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(trader);
  await trader.post({ symbol: 'SBIN', action: 'SELL', position_size: 4 });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(4);
});

it('an exit that rests is cancelled and sent again, until it fills', async () => {
  const trader = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(trader);
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL', times: 2 });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(placeCalls(stack.simulator)).toHaveLength(4);
});

it('what an exit fills in part is not sold twice', async () => {
  const trader = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(trader);
  stack.simulator.simulator.faults.add({
    kind: 'fill_part',
    quantity: 3,
    action: 'SELL',
    times: 1,
  });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  const sent = placeCalls(stack.simulator).map(
    ({ body }) => (body as { quantity: string }).quantity,
  );
  expect(sent).toEqual(['10', '10', '7']);
  expect(held(stack, 'SBIN')).toBe(0);
});

it('an entry after an exit waits until the exit is proved', async () => {
  const trader = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(trader);
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL', times: 1 });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ SBIN: 10 });
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBe(4);
  const actions = placeCalls(stack.simulator).map(
    ({ body }) => (body as { action: string }).action,
  );
  expect(actions).toEqual(['BUY', 'SELL', 'SELL', 'BUY']);
  expect(held(stack, 'SBIN')).toBe(10);
});

it('what somebody closed by hand is not sold again, and is told', async () => {
  hold(stack, 'INFY', 1);
  const trader = await makeTrader(stack, { ingressUrl, values: scopeStrategy });
  await enter(trader);
  brokerBook(stack).position({ symbol: 'SBIN', exchange: 'NSE', product: 'MIS' }).quantity = 0;
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(placeCalls(stack.simulator)).toHaveLength(1);
  expect(await ownPositions(stack, trader.strategyId)).toEqual({});
  expect(await alertCodes(stack)).toEqual(['closed_outside']);
});
