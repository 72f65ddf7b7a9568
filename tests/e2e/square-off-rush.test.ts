import type { Call } from '@orderlane/simulator/calls/call-log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { mostInASecond, placeCalls } from '../support/place-calls.ts';
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

/** Forty positions of a strategy that is due at 15:15. */
async function buyEach(): Promise<void> {
  const strategyId = await makeIntraday(stack, { symbols, values: { position_scope: 'strategy' } });
  for (const symbol of symbols) {
    const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
    await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument });
  }
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  const count = async () => Object.keys(await ownPositions(stack, strategyId)).length;
  await expect.poll(count, within).toBe(symbols.length);
  await morning.kill();
}

/** Exits of another strategy that has nothing to close: smart orders, one a second. */
async function exitNothing(): Promise<void> {
  const { url: ingressUrl } = await stack.start('ingress');
  const values = { platform: 'chartink', trading_mode: null } as const;
  const noisy = await makeTrader(stack, { ingressUrl, symbols: others, values });
  await noisy.post({ stocks: others.join(','), scan_name: 'SELL everything' });
}

const symbolOf = ({ body }: Call) => (body as { symbol: string }).symbol;

/** What arrived, in order, until the last of the forty exits had. */
async function rush() {
  await stack.start('scheduler', clockAt('15:15:00'));
  const exits = () =>
    placeCalls(stack.simulator).filter((call) => symbols.includes(symbolOf(call)));
  await expect.poll(() => exits().length, within).toBe(symbols.length);
  const all = placeCalls(stack.simulator);
  const sent = exits();
  const lastAt = sent.at(-1)?.arrivedAtMs ?? 0;
  const gaps = sent
    .slice(1)
    .map((call, index) => call.arrivedAtMs - (sent[index]?.arrivedAtMs ?? 0));
  const { created_at: tickAt } = await stack.db
    .selectFrom('square_offs')
    .select('created_at')
    .executeTakeFirstOrThrow();
  return {
    gaps,
    between: all.filter((call) => others.includes(symbolOf(call)) && call.arrivedAtMs <= lastAt),
    lastAfterMs: (sent.at(-1)?.arrivedAt ?? 0) - tickAt.getTime(),
  };
}

it('forty exits go out at ten a second, past two hundred of another strategy that have nothing to close', async ({
  annotate,
}) => {
  await buyEach();
  stack.simulator.simulator.faults.add({ kind: 'delay', ms: 3000, endpoints: ['placeorder'] });
  await exitNothing();
  stack.simulator.simulator.calls.clear();
  const { gaps, between, lastAfterMs } = await rush();
  await annotate(`last of 40 exits ${Math.round(lastAfterMs)} ms after the tick`, 'measured');
  // None waits for an answer: with answers after 300 ms every gap would be as long.
  expect(gaps.filter((ms) => ms < 300).length).toBeGreaterThan(gaps.length / 2);
  // Nor behind the two hundred: those have a lane of their own, with a tenth of the rate.
  expect(between.length).toBeLessThan(symbols.length / 2);
  expect(mostInASecond(placeCalls(stack.simulator))).toBeLessThanOrEqual(10);
  await expect
    .poll(async () => (await squareOffs(stack)).map(({ status }) => status), within)
    .toEqual(['verified']);
  expect(symbols.filter((symbol) => held(stack, symbol) !== 0)).toEqual([]);
}, 150_000);
