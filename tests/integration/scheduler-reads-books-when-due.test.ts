import { afterEach, expect, it } from 'vitest';
import { fillsOf, openTradingStack, order, untilRead } from '../support/follow.ts';
import type { Stack } from '../support/stack.ts';

let stack: Stack;

afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };
const calls = (endpoint: string) =>
  stack.simulator.simulator.calls.list({ endpoint }).map(({ arrivedAtMs }) => arrivedAtMs);

it('outside market hours nothing is read until something happens', async () => {
  stack = await openTradingStack({
    simulator: { mode: 'live' },
    env: { TRADING_CLOCK: '2026-02-14T12:00:00+05:30', BOOKS_IDLE_MS: '100' },
  });
  // Its mode is asked for all the same, once.
  await expect.poll(() => calls('analyzer').length, within).toBe(1);
  expect(calls('orderbook')).toEqual([]);
  const id = await order(stack);
  await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('filled');
});

it('within market hours they are read without a reason too, by one scheduler at a time', async () => {
  stack = await openTradingStack({
    simulator: { mode: 'live' },
    env: { TRADING_CLOCK: '2026-02-10T12:00:00+05:30', BOOKS_IDLE_MS: '400' },
  });
  await Promise.all([stack.start('scheduler'), stack.start('scheduler')]);
  await untilRead(stack, 8);
  const times = calls('orderbook').slice(1);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(300);
});

it('no book is read while a smart order may read the positions', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' }, env: { BOOKS_OPEN_MS: '100' } });
  // Something to look at all the time.
  const rests = await order(stack, { symbol: 'INFY', fault: { kind: 'rest' } });
  await expect.poll(async () => (await fillsOf(stack, rests)).status, within).toBe('accepted');
  await untilRead(stack, 3);
  stack.simulator.simulator.accounts
    .first()
    ?.live.position({ symbol: 'SBIN', exchange: 'NSE', product: 'MIS' });
  const exit = {
    role: 'exit',
    lane: 'smart',
    priority: 2,
    action: 'SELL',
    quantity: 0,
    targetPosition: 0,
  } as const;
  // It reads them when the call is worked, however long ago the order was claimed.
  const callMs = 2000;
  stack.simulator.simulator.faults.add({
    kind: 'delay',
    ms: callMs,
    endpoints: ['placesmartorder'],
  });
  await order(stack, { plan: exit });
  await expect.poll(() => calls('placesmartorder').length, within).toBe(1);
  await untilRead(stack, 3);
  const sentAt = calls('placesmartorder')[0] ?? 0;
  const restEnds = sentAt + callMs + 1050;
  const during = calls('orderbook').filter((at) => at > sentAt && at < restEnds);
  // One may have begun before the claim; without the rest it would be dozens.
  expect(during.length).toBeLessThanOrEqual(1);
  expect(calls('orderbook').filter((at) => at > restEnds).length).toBeGreaterThan(0);
});
