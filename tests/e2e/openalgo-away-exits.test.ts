import { setTimeout as sleep } from 'node:timers/promises';
import { jobIdOf } from '@orderlane/queue/lanes';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LaneJobs, openLaneJobs } from '../support/lane-jobs.ts';
import { callsByOrder, placeCalls, waitForCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

/** Two minutes, with every wait of the executors and the sweep divided by twenty. */
const awayMs = 6000;
const looks = 20;

let stack: Stack;
let jobs: LaneJobs;

beforeEach(async () => {
  stack = await openStack({
    env: { SWEEP_MS: '100', RETRY_DELAYS_MS: '25, 50, 100, 250', ENTRY_MAX_AGE: '10 minutes' },
  });
  jobs = await openLaneJobs(stack.parts);
});
afterEach(async () => {
  await jobs[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
});

it('OpenAlgo away for long: no job too many meanwhile, then every exit goes before most entries, once', async () => {
  await Promise.all([stack.start('executor'), stack.start('executor')]);
  await Promise.all([stack.start('scheduler'), stack.start('scheduler')]);
  await stack.simulator.goDown();
  const long = { expiresInMs: 600_000 };
  const entries = await storeMany(await seedOn(stack), 60, long);
  const regularExit = { role: 'exit', lane: 'regular', quantity: 5, targetPosition: null } as const;
  const exits = await storeMany(await seedOn(stack), 20, { ...regularExit, ...long });
  const queued = new Set([...entries, ...exits].map(jobIdOf));
  for (let look = 0; look < looks; look++) {
    await sleep(awayMs / looks);
    const onLane = await jobs.waiting('regular', stack.accountId);
    // Sixty sweeps later there is still one job for an order at the most.
    expect(onLane).toHaveLength(new Set(onLane).size);
    expect(queued.isSupersetOf(new Set(onLane))).toBe(true);
  }
  expect(placeCalls(stack.simulator)).toEqual([]);

  await stack.simulator.comeBack();
  const calls = await waitForCalls(stack.simulator, 80);
  expect([...callsByOrder(calls).values()].every((count) => count === 1)).toBe(true);
  const isExit = new Set<string>(exits);
  const places = calls.flatMap(({ order }, place) => (isExit.has(idOf(order)) ? [place] : []));
  expect(places).toHaveLength(20);
  expect(places.at(-1)).toBeLessThan(50);
});

function idOf(header: string | null): string {
  return header?.split('/')[0] ?? '';
}
