import { afterEach, beforeEach, expect, it } from 'vitest';
import { openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { clockAt, makeIntraday } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 30_000 };

let stack: Stack;

/** Ten SBIN were bought in the morning, and are squared off at 15:15. Nothing runs. */
beforeEach(async () => {
  stack = await openClosingStack({ env: { TICK_CHECK_MS: '100' } });
  const values = { name: 'Day', position_scope: 'strategy' } as const;
  const strategyId = await makeIntraday(stack, { symbols: ['SBIN'], values });
  await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, {});
  const morning = [await stack.start('executor'), await stack.start('scheduler')];
  await expect
    .poll(async () => await ownPositions(stack, strategyId), within)
    .toEqual({ SBIN: 10 });
  for (const process of morning) await process.kill();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const found = async () =>
  (await stack.db.selectFrom('square_off_preflights').select('found').execute()).map(
    (row) => row.found,
  );
const told = async () => {
  const rows = stack.db.selectFrom('alerts').select(['code', 'text', 'count']);
  return await rows.where('code', '=', 'square_off_at_risk').execute();
};

it('no executor: several schedulers tell it once, before the time', async () => {
  const late = clockAt('15:11:00');
  await Promise.all([stack.start('scheduler', late), stack.start('scheduler', late)]);
  await expect.poll(found, within).toEqual([['lane_unserved']]);
  expect(await told()).toEqual([
    {
      code: 'square_off_at_risk',
      text: expect.stringContaining('No executor serves the regular lane'),
      count: 1,
    },
  ]);
  expect(await stack.db.selectFrom('square_offs').select('id').execute()).toEqual([]);
});

it('everything as it should be: nothing is told', async () => {
  await stack.start('executor');
  await stack.start('scheduler', clockAt('15:06:00'));
  await expect.poll(found, within).toEqual([[]]);
  expect(await told()).toEqual([]);
});

it('a broker login that ended unnoticed is found by the look itself', async () => {
  await stack.start('executor');
  const account = stack.simulator.simulator.accounts.first();
  if (account === undefined) throw new Error('no account at the simulator');
  account.sessionAlive = false;
  await stack.start('scheduler', clockAt('15:06:00'));
  await expect.poll(found, within).toEqual([['session_dead']]);
  expect(await told()).toMatchObject([
    { text: expect.stringContaining('broker login is missing') },
  ]);
});
