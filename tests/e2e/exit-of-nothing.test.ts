import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertCodes, closings, makeTrader, openClosingStack } from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let ingressUrl: string;

beforeEach(async () => {
  stack = await openClosingStack();
  hold(stack, 'HELD', 7);
  ingressUrl = (await stack.start('ingress')).url;
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('scope strategy: an exit of a symbol that was never traded is nothing to do, and no call', async () => {
  const values = { position_scope: 'strategy' } as const;
  const trader = await makeTrader(stack, { ingressUrl, values, symbols: ['HELD', 'NEVER'] });
  for (const symbol of ['HELD', 'NEVER']) {
    const answer = await trader.post({ symbol, action: 'SELL' });
    expect(answer).toMatchObject({
      status: 200,
      body: { orders: [], refused: [{ symbol, code: 'nothing_to_exit' }] },
    });
  }
  expect(await closings(stack)).toEqual([]);
  expect(placeCalls(stack.simulator)).toEqual([]);
  expect(held(stack, 'HELD')).toBe(7);
});

it('scope account: it ends quietly, and without a word of a position that never was', async () => {
  const trader = await makeTrader(stack, { ingressUrl, symbols: ['NEVER'] });
  await trader.post({ symbol: 'NEVER', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ symbol: 'NEVER', status: expect.stringMatching(/nothing_open|verified/) }]);
  expect(held(stack, 'NEVER')).toBe(0);
  expect(held(stack, 'HELD')).toBe(7);
  expect(await alertCodes(stack)).toEqual([]);
});

it('a symbol that the strategy does not know is refused in words', async () => {
  const trader = await makeTrader(stack, { ingressUrl, symbols: ['HELD'] });
  const answer = await trader.post({ symbol: 'STRANGE', action: 'SELL' });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ status: 'error', error: expect.stringContaining('STRANGE') });
  expect(placeCalls(stack.simulator)).toEqual([]);
});
