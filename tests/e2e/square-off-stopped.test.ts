import { releaseBrake, setBrake } from '@orderlane/db/brakes';
import type { StrategyId } from '@orderlane/domain/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertCodes, closings, openClosingStack, ownPositions } from '../support/closings.ts';
import { storeOrder } from '../support/factories.ts';
import { placeCalls } from '../support/place-calls.ts';
import { clockAt, held, makeIntraday, squareOffs } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

const within = { timeout: 45_000 };

let stack: Stack;
let strategyId: StrategyId;

/** Ten SBIN were bought live in the morning; the executor runs. */
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
  stack.simulator.simulator.calls.clear();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const everything = { scope: 'everything', id: 0 } as const;
const halt = async () =>
  await setBrake(stack.db, everything, { strength: 'halt', reason: null, setBy: 'test' });
const release = async () => await releaseBrake(stack.db, everything);
const status = async () => (await squareOffs(stack)).map((each) => each.status);
const scheduler = async (time: string): Promise<TestProcess> =>
  await stack.start('scheduler', clockAt(time));

function analyzer(isOn: boolean): void {
  const account = stack.simulator.simulator.accounts.first();
  if (account === undefined) throw new Error('no account at the simulator');
  account.mode = isOn ? 'analyze' : 'live';
}

async function untilTold(code: string): Promise<void> {
  await expect.poll(async () => await alertCodes(stack), within).toContain(code);
}

describe('halted at its time', () => {
  it('it waits, is told, and is made up for when the halt is released', async () => {
    await halt();
    await scheduler('15:15:00');
    await untilTold('halted');
    expect(await status()).toEqual(['sent']);
    expect(placeCalls(stack.simulator)).toEqual([]);
    await release();
    await expect.poll(status, within).toEqual(['verified']);
    expect(held(stack, 'SBIN')).toBe(0);
    expect(placeCalls(stack.simulator)).toHaveLength(1);
  });

  it('halted over the close it has failed, in front of a person, and nothing is sent later', async () => {
    await halt();
    await scheduler('15:29:45');
    await expect.poll(status, within).toEqual(['failed']);
    expect(await alertCodes(stack)).toEqual(expect.arrayContaining(['halted', 'exit_failed']));
    expect(await closings(stack)).toMatchObject([{ status: 'failed', cause: 'square_off' }]);
    await release();
    const order = stack.db.selectFrom('orders').select('status').where('role', '=', 'exit');
    await expect.poll(async () => await order.execute(), within).toEqual([{ status: 'expired' }]);
    expect(placeCalls(stack.simulator)).toEqual([]);
    expect(await ownPositions(stack, strategyId)).toEqual({ SBIN: 10 });
  });
});

describe('with the analyzer on, what was built live', () => {
  // It was switched a while ago, and that is known.
  beforeEach(async () => {
    analyzer(true);
    await stack.db.updateTable('openalgo_accounts').set({ mode: 'analyze' }).execute();
  });

  it('is not sent to the analyzer, is told, and is closed when it is off again', async () => {
    await scheduler('15:15:00');
    await untilTold('mode_changed');
    await expect.poll(status, within).toEqual(['sent']);
    expect(placeCalls(stack.simulator)).toEqual([]);
    analyzer(false);
    await expect.poll(status, within).toEqual(['verified']);
    expect(held(stack, 'SBIN')).toBe(0);
  });

  it('has failed when the session closes, and is never called flat', async () => {
    await scheduler('15:29:45');
    await expect.poll(status, within).toEqual(['failed']);
    expect(await alertCodes(stack)).toEqual(
      expect.arrayContaining(['mode_changed', 'exit_failed']),
    );
    expect(placeCalls(stack.simulator)).toEqual([]);
    expect(held(stack, 'SBIN')).toBe(10);
  });
});
