import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  alertCodes,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { brokerBook, clockAt, hold } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;
let trader: Trader;

beforeEach(async () => {
  stack = await openClosingStack({ env: { ...clockAt('10:00:00'), POSITIONS_CHECK_MS: '400' } });
  trader = await makeTrader(stack, { ingressUrl: '' });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** As if the strategy had bought it; the broker holds it, too. */
async function own(symbol: string, quantity: number, product = 'MIS'): Promise<void> {
  await sql`with si as (insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
      values (${trader.strategyId}, ${stack.accountId}, ${symbol.endsWith('FUT') ? 'NFO' : 'NSE'}, ${symbol}, ${product}) returning id)
    insert into positions (strategy_instrument_id, mode, own) select id, 'live', ${quantity} from si`.execute(
    stack.db,
  );
}

const book = (symbol: string) =>
  brokerBook(stack).position({ symbol, exchange: 'NSE', product: 'MIS' });

it('what somebody closed by hand is told once, and nothing is changed by it', async () => {
  await own('SBIN', 10);
  await own('INFY', 5);
  hold(stack, 'SBIN', 10);
  hold(stack, 'INFY', 5);
  await stack.start('scheduler');
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'positionbook' }).length;
  await expect.poll(reads, within).toBeGreaterThanOrEqual(2);
  expect(await alertCodes(stack)).toEqual([]);
  book('SBIN').quantity = 4;
  await expect.poll(async () => await alertCodes(stack), within).toEqual(['position_drift']);
  const before = reads();
  await expect.poll(reads, within).toBeGreaterThan(before + 3);
  expect(await alertCodes(stack)).toEqual(['position_drift']);
  expect(await ownPositions(stack, trader.strategyId)).toEqual({ SBIN: 10, INFY: 5 });
});

it('a book that is empty by an error tells of nothing', async () => {
  await own('SBIN', 10);
  stack.simulator.simulator.faults.add({ kind: 'empty_book', endpoints: ['positionbook'] });
  await stack.start('scheduler');
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'positionbook' }).length;
  await expect.poll(reads, within).toBeGreaterThanOrEqual(3);
  expect(await alertCodes(stack)).toEqual([]);
});

it('an intraday position of yesterday has ended with its day, a delivery has not', async () => {
  await own('SBIN', 10);
  await own('TCS', 3, 'CNC');
  await sql`update positions set updated_at = now() - interval '2 days'`.execute(stack.db);
  await stack.start('scheduler');
  await expect.poll(async () => await alertCodes(stack), within).toContain('position_day_end');
  expect(await ownPositions(stack, trader.strategyId)).toEqual({ TCS: 3 });
});

it('a contract that expired is owned no longer', async () => {
  await own('NIFTY27JAN26FUT', 65, 'NRML');
  await own('NIFTY24FEB26FUT', 65, 'NRML');
  await stack.start('scheduler');
  await expect.poll(async () => await alertCodes(stack), within).toContain('position_expired');
  expect(await ownPositions(stack, trader.strategyId)).toEqual({ NIFTY24FEB26FUT: 65 });
});
