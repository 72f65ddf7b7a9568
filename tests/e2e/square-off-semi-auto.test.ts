import type { StrategyId } from '@orderlane/domain/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertCodes, openClosingStack, ownPositions } from '../support/closings.ts';
import { commandLine } from '../support/command-line.ts';
import { storeOrder } from '../support/factories.ts';
import { placeCalls } from '../support/place-calls.ts';
import { clockAt, held, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 45_000 };

let stack: Stack;
let strategyId: StrategyId;

/** Ten SBIN were bought in the morning; then OpenAlgo was put into semi-auto. */
beforeEach(async () => {
  stack = await openClosingStack({ env: { TICK_CHECK_MS: '100', TICK_STALE_MS: '200' } });
  const values = { name: 'Day', position_scope: 'strategy' } as const;
  strategyId = await makeIntraday(stack, { symbols: ['SBIN'], values });
  await stack.start('executor');
  await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId }, {});
  const morning = await stack.start('scheduler');
  await expect
    .poll(async () => await ownPositions(stack, strategyId), within)
    .toEqual({ SBIN: 10 });
  await morning.kill();
  account().semiAuto = true;
  stack.simulator.simulator.calls.clear();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

function account() {
  const first = stack.simulator.simulator.accounts.first();
  if (first === undefined) throw new Error('no account at the simulator');
  return first;
}

const status = async () => (await squareOffs(stack)).map((each) => each.status);
const exitOrder = async () =>
  await stack.db
    .selectFrom('orders')
    .select(['id', 'status'])
    .where('role', '=', 'exit')
    .executeTakeFirst();

it('the exit waits for a person, is told and not sent again; approved, it is followed and proved', async () => {
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(async () => (await exitOrder())?.status, within).toBe('awaiting_approval');
  await expect.poll(async () => await alertCodes(stack), within).toContain('awaiting_approval');
  expect(await status()).toEqual(['sent']);

  const [pending] = account().pending.values();
  if (pending === undefined) throw new Error('nothing waits for approval');
  const before = new Set(account().live.orders.keys());
  account().pending.clear();
  pending.place();
  const [placed] = [...account().live.orders.keys()].filter((each) => !before.has(each));
  const cli = commandLine({ DATABASE_URL: stack.parts.databaseUrl });
  const id = (await exitOrder())?.id ?? '';
  await cli.json(['orders', 'settle', id, '--placed', placed ?? '']);
  await expect.poll(status, within).toEqual(['verified']);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(placeCalls(stack.simulator)).toHaveLength(1);
});

it('what nobody has approved when the session closes has failed', async () => {
  await stack.start('scheduler', clockAt('15:29:45'));
  await expect.poll(status, within).toEqual(['failed']);
  expect(await alertCodes(stack)).toEqual(
    expect.arrayContaining(['awaiting_approval', 'exit_failed']),
  );
  expect(placeCalls(stack.simulator)).toHaveLength(1);
  expect(held(stack, 'SBIN')).toBe(10);
});
