import { insertMapping } from '@orderlane/db/strategies';
import { recordSymbolFacts } from '@orderlane/db/symbols';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { brokerBook, clockAt } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 30_000 };
const nifty = { exchange: 'NFO', symbol: 'NIFTY24FEB26FUT' } as const;

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack({ env: clockAt('10:00:00') });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const sent = () =>
  placeCalls(stack.simulator).map(({ body }) => {
    const { action, quantity } = body as { action: string; quantity: string };
    return `${action} ${quantity}`;
  });

it('entry and exit above the freeze quantity go out in parts of whole lots, and the exit is proved', async () => {
  const { instruments } = stack.simulator.simulator;
  instruments.add({ ...nifty, lotSize: 65, freezeQuantity: 1800 });
  const ingressUrl = (await stack.start('ingress')).url;
  const values = { position_scope: 'strategy', trading_mode: 'LONG' } as const;
  const trader = await makeTrader(stack, { ingressUrl, symbols: [], values });
  const mapping = { strategyId: trader.strategyId, signalSymbol: 'NIFTY1!', quantity: 3900 };
  await insertMapping(stack.db, { ...mapping, ...nifty, product: 'NRML' });
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  // The scheduler finds the freeze quantity by itself.
  await expect
    .poll(
      async () => await stack.db.selectFrom('symbols').select('most_per_order').execute(),
      within,
    )
    .toEqual([{ most_per_order: 1755 }]);

  await trader.post({ symbol: 'NIFTY1!', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ [nifty.symbol]: 3900 });
  await trader.post({ symbol: 'NIFTY1!', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  const parts = [1755, 1755, 390];
  expect(sent()).toEqual([
    ...parts.map((quantity) => `BUY ${quantity}`),
    ...parts.map((quantity) => `SELL ${quantity}`),
  ]);
  expect(brokerBook(stack).quantityOf({ ...nifty, product: 'NRML' })).toBe(0);
  expect(await alertCodes(stack)).toEqual([]);
});

it('below it each is one order, also where the limit is known', async () => {
  await recordSymbolFacts(
    stack.db,
    { exchange: 'NSE', symbol: 'SBIN' },
    {
      ...{ lotSize: 1, freezeQuantity: 100, tickSize: null },
    },
  );
  const ingressUrl = (await stack.start('ingress')).url;
  const values = { position_scope: 'strategy', trading_mode: 'LONG' } as const;
  const trader = await makeTrader(stack, { ingressUrl, values });
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ SBIN: 10 });
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ status: 'verified' }]);
  expect(sent()).toEqual(['BUY 10', 'SELL 10']);
});
