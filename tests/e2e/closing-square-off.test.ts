import type { StrategyId } from '@orderlane/domain/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertCodes, closings, openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { placeCalls } from '../support/place-calls.ts';
import { clockAt, held, hold, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 45_000 };
const own = { position_scope: 'strategy' } as const;

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack({ env: { TICK_CHECK_MS: '100', TICK_STALE_MS: '200' } });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** Buys ten shares of each symbol in the morning. */
async function trade(strategyId: StrategyId, traded: readonly string[]): Promise<void> {
  for (const symbol of traded) {
    const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
    await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument });
  }
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  await expect
    .poll(async () => Object.keys(await ownPositions(stack, strategyId)).length, within)
    .toBe(traded.length);
  await morning.kill();
  stack.simulator.simulator.calls.clear();
}

const status = async () => (await squareOffs(stack)).map((each) => each.status);
const symbols = ['SBIN', 'INFY', 'TCS'];

describe('scope strategy', () => {
  it('closes what the strategy holds by regular orders, and is verified; what others hold stays', async () => {
    await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
    const strategyId = await makeIntraday(stack, { symbols: [...symbols, 'WIPRO'], values: own });
    hold(stack, 'SBIN', 100);
    hold(stack, 'WIPRO', 7);
    await trade(strategyId, symbols);
    await Promise.all([
      stack.start('scheduler', clockAt('15:15:00')),
      stack.start('scheduler', clockAt('15:15:00')),
    ]);
    await expect.poll(status, within).toEqual(['verified']);
    expect(placeCalls(stack.simulator).map(({ endpoint }) => endpoint)).toEqual(
      symbols.map(() => 'placeorder'),
    );
    expect([held(stack, 'SBIN'), held(stack, 'INFY'), held(stack, 'WIPRO')]).toEqual([100, 0, 7]);
    expect(await ownPositions(stack, strategyId)).toEqual({});
    expect(await alertCodes(stack)).toEqual([]);
  });

  it('one that holds nothing is nothing open, without a call', async () => {
    await makeIntraday(stack, { symbols, values: own });
    hold(stack, 'SBIN', 5);
    await stack.start('scheduler', clockAt('15:15:00'));
    await expect.poll(status, within).toEqual(['nothing_open']);
    expect(placeCalls(stack.simulator)).toEqual([]);
  });
});

it('scope account is verified too', async () => {
  const strategyId = await makeIntraday(stack, { symbols });
  await trade(strategyId, ['SBIN']);
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(status, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
});

it('what cannot be closed before the session closes has failed, and a person is told', async () => {
  const strategyId = await makeIntraday(stack, { symbols, values: own });
  await trade(strategyId, ['SBIN']);
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL' });
  stack.simulator.simulator.faults.add({ kind: 'cancel_refused' });
  await stack.start('scheduler', clockAt('15:29:50'));
  await expect.poll(status, within).toEqual(['failed']);
  expect(await closings(stack)).toMatchObject([{ status: 'failed', cause: 'square_off' }]);
  expect(await alertCodes(stack)).toContain('exit_failed');
});

it('a scheduler that is killed in the middle is replaced: each position is closed once', async () => {
  const strategyId = await makeIntraday(stack, { symbols, values: own });
  await trade(strategyId, symbols);
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL', times: 3 });
  const first = await stack.start('scheduler', {
    ...clockAt('15:15:00'),
    CLOSING_LEASE_MS: '2500',
  });
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBeGreaterThanOrEqual(2);
  await first.kill();
  await stack.start('scheduler', { ...clockAt('15:15:00'), CLOSING_LEASE_MS: '2500' });
  await expect.poll(status, within).toEqual(['verified']);
  expect(symbols.map((symbol) => held(stack, symbol))).toEqual([0, 0, 0]);
});
