import { setPosition } from '@orderlane/db/positions';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callsByOrder, waitForCalls } from '../support/place-calls.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

let stack: Stack;

beforeEach(async () => {
  // Ten turns of four exits would take more than a minute.
  stack = await openStack({ env: { EXIT_POSITION_READ_MS: '8 seconds' } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('forty exits do not wait in turn for a position book that hangs', async () => {
  const { accountId } = stack;
  const seed = await seedOn(stack, { position_scope: 'strategy' });
  for (let index = 0; index < 40; index++) {
    const instrument = { exchange: 'NSE', symbol: `S${index}`, product: 'MIS' } as const;
    const { strategyId } = seed;
    const held = { strategyId, accountId, ...instrument, mode: 'live', own: 10 } as const;
    await setPosition(stack.db, held);
  }
  const lasting = { expiresInMs: 300_000, targetPosition: null, ownTarget: 0, quantity: 10 };
  await storeMany(seed, 40, { role: 'exit', lane: 'regular', action: 'SELL', ...lasting });
  stack.simulator.simulator.faults.add({ kind: 'hang', endpoints: ['positionbook'] });
  await stack.start('executor');
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  const calls = await waitForCalls(stack.simulator, 40);
  expect(new Set(callsByOrder(calls).values())).toEqual(new Set([1]));
});
