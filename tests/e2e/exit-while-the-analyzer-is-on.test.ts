import { setPosition } from '@orderlane/db/positions';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertCodes, closings, makeTrader, openClosingStack } from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };
const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

function account() {
  const first = stack.simulator.simulator.accounts.first();
  if (first === undefined) throw new Error('no account at the simulator');
  return first;
}

const mode = async () =>
  (await stack.db.selectFrom('openalgo_accounts').select('mode').executeTakeFirstOrThrow()).mode;
const exits = async () =>
  (await stack.db.selectFrom('orders').select('status').where('role', '=', 'exit').execute()).map(
    ({ status }) => status,
  );

it('a book of the analyzer does not say that a live position is gone: its exit waits for live', async () => {
  const { url: ingressUrl } = await stack.start('ingress');
  await stack.start('executor');
  const values = { position_scope: 'strategy', trading_mode: 'LONG' } as const;
  const { strategyId, post } = await makeTrader(stack, { ingressUrl, values });
  const position = { strategyId, accountId: stack.accountId, ...sbin, mode: 'live' } as const;
  await setPosition(stack.db, { ...position, own: 10 });
  hold(stack, 'SBIN', 10);
  // Nobody has told of it, and its book is clean: it shows another row.
  account().mode = 'analyze';
  account().sandbox.book.position({ ...sbin, symbol: 'INFY' }).quantity = 5;

  await post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(mode, within).toBe('analyze');
  expect(await alertCodes(stack)).toEqual(['mode_changed']);
  expect(await exits()).toEqual(['queued']);
  expect(placeCalls(stack.simulator)).toEqual([]);

  account().mode = 'live';
  await stack.start('scheduler');
  const statuses = async () => (await closings(stack)).map(({ status }) => status);
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(await exits()).toEqual(['filled']);
});
