import { recordAccountMode } from '@orderlane/db/accounts';
import { claimOrder } from '@orderlane/db/claim';
import { setPosition } from '@orderlane/db/positions';
import { newId } from '@orderlane/runtime/new-id';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testClaimSettings } from '../support/claims.ts';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
} from '../support/closings.ts';
import { type Seed, storeOrder } from '../support/factories.ts';
import { sbin } from '../support/positions.ts';
import { hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };
const never = '3600000';

let stack: Stack;
let seed: Seed;

// The strategy owns 10 in the live account. Nothing but a look at what is held can notice a switch.
beforeEach(async () => {
  stack = await openClosingStack({
    env: {
      MODE_CHECK_MS: never,
      BOOKS_UNSETTLED_MS: never,
      BOOKS_SOON_MS: never,
      BOOKS_OPEN_MS: never,
      POSITIONS_CHECK_MS: '400',
    },
  });
  const { strategyId } = await makeTrader(stack, { ingressUrl: '' });
  const { db, accountId } = stack;
  seed = { db, accountId, strategyId };
  hold(stack, 'SBIN', 10);
  inAnalyzer().position({ symbol: 'INFY', exchange: 'NSE', product: 'MIS' }).quantity = 5;
  await setPosition(db, { strategyId, accountId, ...sbin, mode: 'live', own: 10 });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

function account() {
  const first = stack.simulator.simulator.accounts.first();
  if (first === undefined) throw new Error('no account at the simulator');
  return first;
}

const inAnalyzer = () => account().sandbox.book;
const own = async () => await ownPositions(stack, seed.strategyId);
const modeSeen = async () =>
  (await stack.db.selectFrom('openalgo_accounts').select('mode').executeTakeFirstOrThrow()).mode;
const calls = (endpoint: string) => stack.simulator.simulator.calls.list({ endpoint }).length;

const asked = () => [calls('analyzer'), calls('orderbook')];

/** A scheduler that has looked at the mode and at the order book for the last time. */
async function startScheduler(env: Record<string, string> = {}): Promise<void> {
  await stack.start('scheduler', env);
  await expect.poll(asked, within).toEqual([1, 1]);
}

function buyAndSellInAnalyzer(): void {
  for (const action of ['BUY', 'SELL'] as const) {
    const at = Date.now();
    const prices = { pricetype: 'MARKET', price: 0, triggerPrice: 0 } as const;
    const request = { ...sbin, ...prices, strategy: '', action, quantity: 4, clientOrderId: null };
    const placed = inAnalyzer().add(request, { orderid: `by hand ${action}`, at });
    inAnalyzer().fill(placed, { quantity: 4, price: 100, at });
  }
}

it('an exit that finds nothing in the analyzer has closed nothing of the live account', async () => {
  await startScheduler({ POSITIONS_CHECK_MS: never });
  account().mode = 'analyze';
  const exit = { role: 'exit', lane: 'regular', quantity: 10, ownTarget: 0 } as const;
  const orderId = await storeOrder(seed, { ...exit, targetPosition: null });
  const claim = { orderId, claimId: newId(), settings: testClaimSettings, shown: 0 };
  expect(await claimOrder(stack.db, claim)).toEqual({ verdict: 'cancelled' });
  const told = async () => await alertCodes(stack);
  await expect.poll(told, within).toEqual(['mode_changed', 'mode_changed']);
  expect(await modeSeen()).toBe('analyze');
  expect(asked()).toEqual([1, 1]);
  expect(await closings(stack)).toMatchObject([{ status: 'open' }]);
  expect(await own()).toEqual({ SBIN: 10 });

  account().mode = 'live';
  await recordAccountMode(stack.db, { id: seed.accountId, mode: 'live' });
  const queued = async () =>
    await stack.db
      .selectFrom('orders')
      .select(['action', 'quantity'])
      .where('status', '=', 'queued')
      .execute();
  await expect.poll(queued, within).toEqual([{ action: 'SELL', quantity: 10 }]);
});

it('trades of the analyzer that net to nothing do not prove the account flat', async () => {
  buyAndSellInAnalyzer();
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'empty_book', endpoints: ['positionbook'] });
  faults.add({ kind: 'mode_switched', to: 'analyze', endpoints: ['tradebook'], times: 1 });
  await startScheduler({ POSITIONS_CHECK_MS: never });
  const orderId = await storeOrder(seed, { role: 'exit' });
  const cancelled = stack.db.updateTable('orders').set({ status: 'cancelled' });
  await cancelled.where('id', '=', orderId).execute();
  const told = async () => await alertCodes(stack);
  await expect.poll(told, within).toEqual(['mode_changed', 'mode_changed']);
  expect(await closings(stack)).toMatchObject([{ status: 'open' }]);
  expect(await own()).toEqual({ SBIN: 10 });
});

it('what the analyzer does not show is not told as closed by somebody else', async () => {
  await startScheduler();
  await expect.poll(() => calls('positionbook'), within).toBeGreaterThan(0);
  account().mode = 'analyze';
  await expect.poll(modeSeen, within).toBe('analyze');
  const { strategyId, accountId } = seed;
  await setPosition(stack.db, { strategyId, accountId, ...sbin, mode: 'analyze', own: 3 });
  const told = async () => await stack.db.selectFrom('alerts').select('text').execute();
  await expect
    .poll(told, within)
    .toMatchObject([
      { text: expect.stringContaining('was switched to mode analyze') },
      { text: expect.stringContaining('own 3 of NSE:SBIN:MIS, the account shows 0') },
    ]);
});
