import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import {
  brokerBook,
  clockAt,
  makeIntraday,
  restlessClock,
  squareOffs,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };
const crude = { exchange: 'MCX', symbol: 'CRUDEOIL19FEB26FUT', product: 'MIS' } as const;

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('what was traded and is mapped no longer is closed while its own market is open', async () => {
  const strategyId = await makeIntraday(stack, { symbols: ['SBIN'], madeAgo: '8 hours' });
  await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, { instrument: crude });
  const held = () => brokerBook(stack).quantityOf(crude);
  const morning = await stack.start('scheduler', clockAt('10:00:00'));
  await expect.poll(held, within).toBe(10);
  await morning.kill();
  // Nothing ran at 15:15; NSE, which is all that is mapped, has closed, MCX has not.
  await stack.start('scheduler', clockAt('16:00:00'));
  await expect.poll(held, within).toBe(0);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'sent', exits: 1 }]);
});
