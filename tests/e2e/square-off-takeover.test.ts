import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  clockAt,
  exitCalls,
  held,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  const env = { ...restlessClock, SQUARE_OFF_LEASE_MS: '2500', SQUARE_OFF_READ_MS: '20000' };
  stack = await openStack({ env });
  await makeIntraday(stack, { symbols: ['SBIN'] });
  hold(stack, 'SBIN', 10);
  await stack.start('executor');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** Starts a scheduler that has the square-off and hangs in the read of the position book. */
async function startHanging() {
  const hang = stack.simulator.simulator.faults.add({ kind: 'hang', endpoints: ['positionbook'] });
  const scheduler = await stack.start('scheduler', clockAt('15:15:00'));
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'positionbook' }).length;
  await expect.poll(reads, within).toBe(1);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'working' }]);
  stack.simulator.simulator.faults.remove(hang);
  return scheduler;
}

it('a scheduler that is killed in the middle of a square-off is followed by another, once', async () => {
  const first = await startHanging();
  await first.kill();
  await stack.start('scheduler', clockAt('15:15:30'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN']);
  expect(await squareOffs(stack)).toMatchObject([{ status: 'sent', exits: 1 }]);
});

it('one that was only stopped stores nothing when it goes on', async () => {
  const first = await startHanging();
  first.pause();
  await stack.start('scheduler', clockAt('15:15:30'));
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  first.resume();
  // Its read ends, whatever it answers.
  await stack.simulator.goDown();
  await stack.simulator.comeBack();
  await first.stop();
  expect(exitCalls(stack)).toEqual(['SBIN']);
  const exits = await stack.db.selectFrom('orders').select('id').execute();
  expect(exits).toHaveLength(1);
  expect(await stack.db.selectFrom('alerts').select('code').execute()).toEqual([]);
});
