import { afterEach, beforeEach, expect, it } from 'vitest';
import { boughtBy } from '../support/broker-view.ts';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { clockAt, held, hold, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 25_000 };
/** Bought by hand, before any strategy did anything. */
const byHand = 7;

let stack: Stack;
let ingressUrl: string;

beforeEach(async () => {
  stack = await openClosingStack({ env: { TICK_CHECK_MS: '100', TICK_STALE_MS: '200' } });
  await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
  hold(stack, 'SBIN', byHand);
  hold(stack, 'INFY', byHand);
  ingressUrl = (await stack.start('ingress')).url;
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const makeOne = async (values: Parameters<typeof makeTrader>[1]['values'], symbol = 'SBIN') =>
  await makeTrader(stack, {
    ingressUrl,
    symbols: [symbol],
    values: { position_scope: 'strategy', ...values },
  });

/** What each of them holds, in the books of Orderlane and of the broker, beside what is there by hand. */
async function holdings(traders: Record<string, Trader>, symbol: string) {
  const bought = await boughtBy(stack, symbol);
  const own: Record<string, number> = {};
  const atBroker: Record<string, number> = {};
  for (const [name, { strategyId }] of Object.entries(traders)) {
    own[name] = (await ownPositions(stack, strategyId))[symbol] ?? 0;
    atBroker[name] = bought(strategyId);
  }
  const all = Object.values(atBroker).reduce((sum, each) => sum + each, 0);
  const isSettled = (await closings(stack)).every(({ status }) => status === 'verified');
  return { own, atBroker, hand: held(stack, symbol) - all, isSettled };
}

/** Waits until they hold that much, and nobody anything else. */
async function expectHeld(
  traders: Record<string, Trader>,
  shares: Record<string, number>,
  symbol = 'SBIN',
): Promise<void> {
  await expect
    .poll(async () => await holdings(traders, symbol), within)
    .toEqual({ own: shares, atBroker: shares, hand: byHand, isSettled: true });
}

it("exits and partial exits leave the other strategy's shares and those bought by hand", async () => {
  await stack.start('scheduler');
  const one = await makeOne({ trading_mode: 'LONG' });
  const two = await makeOne({ trading_mode: 'LONG' });
  const both = { one, two };
  const enter = { symbol: 'SBIN', action: 'BUY' };
  const exit = { symbol: 'SBIN', action: 'SELL' };
  await one.post(enter);
  await two.post(enter);
  await expectHeld(both, { one: 10, two: 10 });
  await one.post({ ...exit, position_size: 4 });
  await expectHeld(both, { one: 4, two: 10 });
  await two.post(exit);
  await expectHeld(both, { one: 4, two: 0 });
  // One more that has nothing any more: neither the other's shares nor those of the hand are its own.
  await two.post({ ...exit, signal_id: 'again' });
  await two.post({ ...enter, position_size: 15, signal_id: 'more' });
  await expectHeld(both, { one: 4, two: 15 });
  await Promise.all([one.post(exit), two.post({ ...exit, position_size: 5 })]);
  await expectHeld(both, { one: 0, two: 5 });
  expect(await alertCodes(stack)).toEqual([]);
});

it('reversals trade what the strategy holds and nothing beside it', async () => {
  await stack.start('scheduler');
  const both = await makeOne({ trading_mode: 'BOTH' }, 'INFY');
  const other = await makeOne({ trading_mode: 'LONG' });
  await other.post({ symbol: 'SBIN', action: 'BUY' });
  const wishes = [
    { action: 'BUY', position_size: 10 },
    { action: 'SELL', position_size: -10 },
    { action: 'BUY', position_size: 10 },
    { action: 'SELL', position_size: -4 },
    { action: 'BUY', position_size: 6 },
    { action: 'SELL', position_size: 0 },
  ];
  for (const wish of wishes) {
    await both.post({ symbol: 'INFY', ...wish });
    await expectHeld({ both }, { both: wish.position_size }, 'INFY');
  }
  await expectHeld({ other }, { other: 10 });
  expect(await alertCodes(stack)).toEqual([]);
});

it("a square-off closes its strategy's shares only", async () => {
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  const times = { start_time: '09:20', end_time: '15:00', squareoff_time: '15:10' };
  const armed = { squareoff_armed_at: new Date(Date.now() - 3_600_000) };
  const intraday = await makeOne({ is_intraday: true, ...times, ...armed });
  const positional = await makeOne({});
  const both = { intraday, positional };
  for (const trader of [intraday, positional]) await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expectHeld(both, { intraday: 10, positional: 10 });
  await morning.stop();
  await stack.start('scheduler', clockAt('15:10:00'));
  await expect
    .poll(async () => await squareOffs(stack), within)
    .toMatchObject([{ status: 'verified', exits: 1 }]);
  await expectHeld(both, { intraday: 0, positional: 10 });
  expect(await alertCodes(stack)).toEqual([]);
});
