import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { mostInASecond, placeCalls, ratePerSecond } from '../support/place-calls.ts';
import { clockAt, held, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 50_000 };
const symbols = Array.from({ length: 40 }, (_, index) => `S${index}`);
const others = Array.from({ length: 200 }, (_, index) => `N${index}`);

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack({
    env: { TICK_CHECK_MS: '100', TICK_STALE_MS: '200', SMART_REST_MS: '1100' },
  });
  await Promise.all([stack.start('executor'), stack.start('executor')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('forty exits go out at ten a second, past two hundred of another strategy that have nothing to close', async () => {
  const strategyId = await makeIntraday(stack, { symbols, values: { position_scope: 'strategy' } });
  for (const symbol of symbols) {
    const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
    await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument });
  }
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  const count = async () => Object.keys(await ownPositions(stack, strategyId)).length;
  await expect.poll(count, within).toBe(symbols.length);
  await morning.kill();

  stack.simulator.simulator.faults.add({ kind: 'delay', ms: 3000, endpoints: ['placeorder'] });
  const { url: ingressUrl } = await stack.start('ingress');
  const values = { platform: 'chartink', trading_mode: null } as const;
  const noisy = await makeTrader(stack, { ingressUrl, symbols: others, values });
  await noisy.post({ stocks: others.join(','), scan_name: 'SELL everything' });
  stack.simulator.simulator.calls.clear();

  await stack.start('scheduler', clockAt('15:15:00'));
  const isExit = (body: unknown) => symbols.includes((body as { symbol: string }).symbol);
  const exits = () => placeCalls(stack.simulator).filter(({ body }) => isExit(body));
  await expect.poll(() => exits().length, within).toBe(symbols.length);
  // Ten a second less what the smart lane takes beside it; answers after 300 ms slow nothing.
  expect(ratePerSecond(exits())).toBeGreaterThan(6);
  expect(mostInASecond(placeCalls(stack.simulator))).toBeLessThanOrEqual(10);
  await expect
    .poll(async () => (await squareOffs(stack)).map(({ status }) => status), within)
    .toEqual(['verified']);
  expect(symbols.filter((symbol) => held(stack, symbol) !== 0)).toEqual([]);
}, 150_000);
