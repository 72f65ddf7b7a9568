import { setBrake } from '@orderlane/db/brakes';
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
import { brokerBook, clockAt, held, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 25_000 };

let stack: Stack;
let trader: Trader;

beforeEach(async () => {
  stack = await openClosingStack({ env: { ...clockAt('10:00:00'), BOOKS_IDLE_MS: '300' } });
  const { url: ingressUrl } = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const values = { position_scope: 'strategy' } as const;
  trader = await makeTrader(stack, { ingressUrl, values, symbols: ['SBIN', 'INFY'] });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const owned = async () => await ownPositions(stack, trader.strategyId);
const statuses = async () =>
  (await closings(stack)).map(({ symbol, cause, status }) => `${symbol} ${cause} ${status}`);

it('flatten closes everything that its strategies hold, once, and stays on', async () => {
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await trader.post({ symbol: 'INFY', action: 'BUY' });
  await expect.poll(owned, within).toEqual({ SBIN: 10, INFY: 10 });
  const target = { scope: 'account', id: stack.accountId } as const;
  await setBrake(stack.db, target, { strength: 'flatten', reason: null, setBy: 'test' });
  await expect
    .poll(async () => (await statuses()).toSorted(), within)
    .toEqual(['INFY flatten verified', 'SBIN flatten verified']);
  expect([held(stack, 'SBIN'), held(stack, 'INFY')]).toEqual([0, 0]);
  expect(await owned()).toEqual({});
  const refused = await trader.post({ symbol: 'SBIN', action: 'BUY' });
  expect(refused.body['code']).toBe('flattening');
  expect(placeCalls(stack.simulator)).toHaveLength(4);
});

it('an entry that was given up as absent and fills after its exit was done is closed, and told', async () => {
  hold(stack, 'INFY', 1);
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'close_without_answer', action: 'BUY', times: 1 });
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect.poll(() => placeCalls(stack.simulator).length, within).toBe(1);
  await trader.post({ symbol: 'INFY', action: 'BUY' });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(statuses, within).toEqual(['SBIN signal verified']);
  const book = brokerBook(stack);
  const instrument = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' } as const;
  const at = Date.now();
  const late = book.add(
    {
      ...instrument,
      strategy: '',
      action: 'BUY',
      quantity: 10,
      pricetype: 'MARKET',
      price: 0,
      triggerPrice: 0,
      clientOrderId: null,
    },
    { orderid: 'late-1', at },
  );
  book.fill(late, { quantity: 10, price: 100, at });
  await expect.poll(statuses, within).toEqual(['SBIN signal verified', 'SBIN late_fill verified']);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(await alertCodes(stack)).toEqual(expect.arrayContaining(['absent', 'late_fill']));
});
