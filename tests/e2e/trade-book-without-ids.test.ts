import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AlteredBooks, alterBooks } from '../support/altered-books.ts';
import { extremes } from '../support/broker-view.ts';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 25_000 };

let stack: Stack;
let books: AlteredBooks;
let trader: Trader;

beforeEach(async () => {
  stack = await openClosingStack({ env: { CLOSING_UNPROVED_MS: '3000' } });
  books = await alterBooks(stack);
  const { url: ingressUrl } = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  trader = await makeTrader(stack, { ingressUrl, values: { position_scope: 'strategy' } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
  await books[Symbol.asyncDispose]();
});

const nameless = () =>
  books.set('tradebook', (rows) => rows.map((row) => ({ ...row, orderid: null })));
const own = async () => await ownPositions(stack, trader.strategyId);
const statuses = async () => (await closings(stack)).map(({ status }) => status);

it('fills of nobody move nothing: the exit is sold once, and told until its fills can be read', async () => {
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect.poll(own, within).toEqual({ SBIN: 10 });
  nameless();
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(async () => await alertCodes(stack), within).toContain('exit_unverified');
  expect(await statuses()).toEqual(['open']);
  expect(await own()).toEqual({ SBIN: 10 });
  books.set('tradebook');
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(await own()).toEqual({});
  expect(placeCalls(stack.simulator)).toHaveLength(2);
  expect(extremes(stack, 'SBIN')).toEqual({ lowest: 0, highest: 10 });
});

it('of an entry whose fills nobody can read nothing is sold yet, and all of it as soon as they can', async () => {
  nameless();
  await trader.post({ symbol: 'SBIN', action: 'BUY' });
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(10);
  await trader.post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(async () => await alertCodes(stack), within).toContain('exit_unverified');
  expect(placeCalls(stack.simulator)).toHaveLength(1);
  books.set('tradebook');
  await expect.poll(statuses, within).toEqual(['verified']);
  expect(extremes(stack, 'SBIN')).toEqual({ lowest: 0, highest: 10 });
  expect(held(stack, 'SBIN')).toBe(0);
});
