import { exitCodes } from '@orderlane/domain/alert-policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { held, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

/** Rates and waits are about a twentieth: ten minutes of life are half a minute here. */
const within = { timeout: 50_000 };
const symbols = Array.from({ length: 50 }, (_, index) => `S${index}`);

let stack: Stack;
let trader: Trader;

beforeEach(async () => {
  stack = await openClosingStack({
    env: { ORDER_RATE_LIMIT: '200 per second', SMART_ORDER_RATE_LIMIT: '20 per second' },
  });
  // A row of something else, so that the book is never empty for a good reason.
  hold(stack, 'ELSE', 1);
  const { url: ingressUrl } = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const values = { platform: 'chartink', trading_mode: null, position_scope: 'strategy' } as const;
  trader = await makeTrader(stack, { ingressUrl, symbols, values });
  await scan('BUY');
  const count = async () => Object.keys(await ownPositions(stack, trader.strategyId)).length;
  await expect.poll(count, within).toBe(symbols.length);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const scan = async (word: 'BUY' | 'SELL') =>
  await trader.post({ stocks: symbols.join(','), scan_name: `${word} scan` });

const ended = async () => (await closings(stack)).filter(({ status }) => status !== 'open');

/** Looks all the time whether some position turned around; answers the lowest that was seen. */
function watchLowest(): () => number {
  let lowest = 0;
  const timer = setInterval(() => {
    lowest = Math.min(lowest, ...symbols.map((symbol) => held(stack, symbol)));
  }, 20);
  return () => {
    clearInterval(timer);
    return lowest;
  };
}

it('with a third of all exits resting, all fifty are closed and proved', async () => {
  const lowest = watchLowest();
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'rest', action: 'SELL', probability: 0.33, seed: 7 });
  await scan('SELL');
  await expect
    .poll(async () => (await ended()).map(({ status }) => status), within)
    .toEqual(symbols.map(() => 'verified'));
  expect(symbols.filter((symbol) => held(stack, symbol) !== 0)).toEqual([]);
  expect(lowest()).toBe(0);
});

/** Ways in which a call fails, each so often that together three in ten do. */
const failures = [
  'reset_before',
  'reset_after',
  'close_without_answer',
  'error_500_before',
  'error_500_after',
  'created_201',
  'openalgo_429',
  'broker_429',
  'broker_refusal',
  'null_order_id',
  'html',
] as const;

it('with a third resting and three in ten calls failing, each is closed or in front of a person', async () => {
  const lowest = watchLowest();
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'rest', action: 'SELL', probability: 0.33, seed: 11 });
  for (const [index, kind] of failures.entries()) {
    const probability = 0.3 / failures.length;
    faults.add({ kind, probability, seed: 100 + index, endpoints: ['placeorder'] });
  }
  await scan('SELL');
  const told = async () => {
    const alerts = await stack.db
      .selectFrom('alerts')
      .select(['subject', 'code'])
      .where('code', 'in', [...exitCodes, 'indeterminate'])
      .execute();
    const done = new Set((await ended()).map(({ symbol }) => symbol));
    return symbols.filter(
      (symbol) =>
        !done.has(symbol) && !alerts.some(({ subject }) => subject.includes(`:${symbol}:`)),
    );
  };
  await expect.poll(told, within).toEqual([]);
  const verified = (await ended()).filter(({ status }) => status === 'verified');
  expect(verified.filter(({ symbol }) => held(stack, symbol) !== 0)).toEqual([]);
  expect(lowest()).toBe(0);
});
