import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import {
  clockAt,
  exitCalls,
  held,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
  untilTicked,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const alerts = async () =>
  await stack.db.selectFrom('alerts').select(['code', 'text', 'count']).orderBy('id').execute();

async function ranUntil(clock: { TRADING_CLOCK: string }): Promise<void> {
  const scheduler = await stack.start('scheduler', clock);
  await untilTicked(stack);
  await scheduler.kill();
}

it('a restart that spans the minute is made up for while the session is open, once', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'] });
  hold(stack, 'SBIN', 10);
  await ranUntil(clockAt('15:13:00'));
  expect(await squareOffs(stack)).toEqual([]);
  await Promise.all([
    stack.start('scheduler', clockAt('15:24:00')),
    stack.start('scheduler', clockAt('15:24:00')),
  ]);
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN']);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'sent', exits: 1 }]);
  expect(await alerts()).toMatchObject([{ code: 'square_off_late', count: 1 }]);
});

it('after the close it is missed, with an alert that names what may be open, and no call', async () => {
  const strategyId = await makeIntraday(stack, {
    symbols: ['SBIN', 'INFY'],
    values: { name: 'breakout' },
  });
  const seed = { db: stack.db, accountId: stack.accountId, strategyId };
  await storeOrder(seed);
  await ranUntil(clockAt('15:13:00'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(10);
  stack.simulator.simulator.calls.clear();
  await Promise.all([
    stack.start('scheduler', clockAt('15:40:00')),
    stack.start('scheduler', clockAt('15:40:00')),
  ]);
  await expect.poll(async () => (await squareOffs(stack))[0]?.status, within).toBe('missed');
  await untilTicked(stack);
  expect(await alerts()).toEqual([
    {
      code: 'square_off_missed',
      count: 1,
      text: 'breakout was not squared off on 2026-02-10: may be open: NSE:SBIN:MIS',
    },
  ]);
  expect(exitCalls(stack)).toEqual([]);
});

it('every session since the last tick is looked at', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'], madeAgo: '10 days' });
  // Friday; Saturday and Sunday have no session.
  await ranUntil(clockAt('10:00:00', '2026-02-06'));
  await stack.start('scheduler', clockAt('10:00:00', '2026-02-10'));
  await untilTicked(stack);
  expect((await squareOffs(stack)).map((each) => [each.session_date, each.status])).toEqual([
    ['2026-02-06', 'missed'],
    ['2026-02-09', 'missed'],
  ]);
});
