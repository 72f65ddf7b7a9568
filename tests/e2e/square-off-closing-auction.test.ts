import { recordAuction } from '@orderlane/db/symbols';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Call } from '@orderlane/simulator/calls/call-log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { placeCalls } from '../support/place-calls.ts';
import { clockAt, held, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 45_000 };
/** A Tuesday on which the auction is held; INFY is said to be none of its stocks. */
const date = '2026-09-01';
const symbols = ['SBIN', 'INFY'];

let stack: Stack;
let strategyId: StrategyId;

/** Ten of each were bought in the morning, and are due at 15:16. */
beforeEach(async () => {
  stack = await openClosingStack({ env: { TICK_CHECK_MS: '100', TICK_STALE_MS: '200' } });
  const values = { position_scope: 'strategy', squareoff_time: '15:16' } as const;
  strategyId = await makeIntraday(stack, { symbols, values });
  for (const symbol of symbols) {
    const stock = { exchange: 'NSE', symbol } as const;
    await recordAuction(stack.db, stock, symbol === 'SBIN');
    const instrument = { ...stock, product: 'MIS' } as const;
    await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument });
  }
  await stack.start('executor');
  const morning = await stack.start('scheduler', clockAt('10:00:00', date));
  await expect
    .poll(async () => await ownPositions(stack, strategyId), within)
    .toEqual({ SBIN: 10, INFY: 10 });
  await morning.kill();
  stack.simulator.simulator.calls.clear();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const symbolOf = ({ body }: Call) => (body as { symbol: string }).symbol;
const sent = () => placeCalls(stack.simulator).map(symbolOf);
const cancellations = () =>
  stack.simulator.simulator.calls.list({}).filter(({ endpoint }) => endpoint === 'cancelorder');
const status = async () => (await squareOffs(stack)).map((each) => each.status);

it('a stock of the auction is held until it takes orders, sent once, and rests there until it fills', async () => {
  // Twenty times as long as an order may rest elsewhere.
  stack.simulator.simulator.faults.add({
    kind: 'fill_late',
    ms: 100_000,
    symbol: 'SBIN',
    action: 'SELL',
  });
  await stack.start('scheduler', clockAt('15:19:40', date));
  await expect.poll(sent, within).toEqual(['INFY']);
  expect(await status()).toEqual(['sent']);
  const order = await stack.db
    .selectFrom('orders')
    .select(['status', 'not_before', 'stored_at'])
    .where('symbol', '=', 'SBIN')
    .where('role', '=', 'exit')
    .executeTakeFirstOrThrow();
  expect(order.status).toBe('queued');
  expect(Number(order.not_before) - Number(order.stored_at)).toBeLessThanOrEqual(20_000);
  await expect.poll(sent, within).toEqual(['INFY', 'SBIN']);
  await expect.poll(status, within).toEqual(['verified']);
  expect(symbols.map((symbol) => held(stack, symbol))).toEqual([0, 0]);
  expect(sent()).toEqual(['INFY', 'SBIN']);
  expect(cancellations()).toEqual([]);
});
