import type { OrderId } from '@orderlane/domain/ids';
import { faultKinds } from '@orderlane/simulator/faults/fault';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { restoreAccount } from '../support/faults/by-hand.ts';
import { absentAfterMs, openStage } from '../support/faults/fault-case.ts';
import { faultCases } from '../support/faults/fault-cases.ts';
import { fillsOf, openTradingStack } from '../support/follow.ts';
import { placeCalls } from '../support/place-calls.ts';
import type { Stack } from '../support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await openTradingStack({
    env: {
      CALL_TIMEOUT_MS: '1 second',
      ABSENT_AFTER_MS: `${absentAfterMs} ms`,
      BOOKS_IDLE_MS: '500 ms',
      TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
      // Never so soon in this test: no status that may be inherited is to be believed.
      BOOKS_INHERITED_MS: '10 minutes',
    },
  });
  // The book has a row and was read: what is new in it afterwards can be told.
  const first = openStage(stack, 'FIRST');
  await first.until(await first.send(), 'filled');
});
afterEach(async () => {
  await restoreAccount(stack);
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

it('every fault of the simulator has its outcome', () => {
  const without = Object.keys(faultKinds).filter((kind) => !(faultCases[kind as never] as unknown));
  expect(without).toEqual([]);
});

const cases = Object.entries(faultCases).flatMap(([kind, each]) =>
  each.map((one, index) => ({ kind, ...one, symbol: `${kind}-${index}`.toUpperCase() })),
);

describe.each(cases)('$kind $name', (each) => {
  const { kind, symbol, play, outcome, executed, alert, filled } = each;
  it(`is ${outcome}, with ${executed} at the broker`, async () => {
    const stage = openStage(stack, symbol);
    const { calls: log } = stack.simulator.simulator;
    const before = log.list({}).length;
    const id = await play(stage);
    await stage.until(id, outcome);
    const met = log
      .list({})
      .slice(before)
      .flatMap(({ faults }) => faults);
    expect(met).toContain(kind);
    const calls = placeCalls(stack.simulator).filter(({ order }) => order?.startsWith(`${id}/`));
    expect(calls.flatMap((call) => call.executed)).toHaveLength(executed);
    const alerts = await stack.db
      .selectFrom('alerts')
      .select('code')
      .where('order_id', '=', id)
      .execute();
    if (alert !== undefined) expect(alerts.map(({ code }) => code)).toContain(alert);
    expect(await modeOf(id)).toBe(each.mode ?? (executed === 1 ? 'live' : null));
    const whole = outcome === 'filled' ? 10 : 0;
    expect((await fillsOf(stack, id)).filled).toBe(filled ?? whole);
  });
});

async function modeOf(id: OrderId) {
  const row = stack.db.selectFrom('orders').select('mode').where('id', '=', id);
  return (await row.executeTakeFirstOrThrow()).mode;
}
