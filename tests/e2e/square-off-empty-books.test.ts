import type { StrategyId } from '@orderlane/domain/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { falselyVerified } from '../support/broker-view.ts';
import { alertCodes, closings, openClosingStack } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { clockAt, held, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 50_000 };
const symbols = Array.from({ length: 100 }, (_, index) => `S${index}`);

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack({
    env: {
      TICK_CHECK_MS: '100',
      TICK_STALE_MS: '200',
      ORDER_RATE_LIMIT: '200 per second',
      SMART_ORDER_RATE_LIMIT: '20 per second',
      CLOSING_UNPROVED_MS: '3000',
    },
  });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** Every other one closes its own position, the others what the account holds. */
async function buyEach(): Promise<void> {
  for (const [index, symbol] of symbols.entries()) {
    const position_scope = index % 2 === 0 ? 'strategy' : 'account';
    const strategyId: StrategyId = await makeIntraday(stack, {
      symbols: [symbol],
      values: { position_scope },
    });
    const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
    await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument });
  }
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  const bought = async () =>
    (await stack.db.selectFrom('positions').select('own').where('own', '=', 10).execute()).length;
  await expect.poll(bought, within).toBe(symbols.length);
  await morning.kill();
}

const statuses = async () => (await squareOffs(stack)).map(({ status }) => status);

it('a hundred square-offs under an error that arrives as empty lists: none is verified while it is open', async () => {
  await buyEach();
  const { faults } = stack.simulator.simulator;
  faults.add({ kind: 'empty_book', endpoints: ['positionbook', 'orderbook', 'tradebook'] });
  faults.add({ kind: 'position_read_zero' });
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(async () => (await statuses()).length, within).toBe(100);
  // Each closing is told of, for nothing shows that anything is closed.
  const told = async () => {
    const codes = await alertCodes(stack);
    return codes.filter((code) => code === 'exit_unverified').length;
  };
  await expect.poll(told, within).toBe(100);
  // Exits of exact quantities went through; that nothing is open any more is not known all the same.
  expect(new Set(await statuses())).toEqual(new Set(['working', 'sent']));
  expect(new Set((await closings(stack)).map(({ status }) => status))).toEqual(new Set(['open']));
  faults.clear();
  await expect.poll(async () => new Set(await statuses()), within).toEqual(new Set(['verified']));
  expect(symbols.filter((symbol) => held(stack, symbol) !== 0)).toEqual([]);
  expect(await falselyVerified(stack)).toEqual([]);
}, 180_000);
