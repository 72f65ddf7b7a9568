import { jobIdOf } from '@orderlane/queue/lanes';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLaneJobs } from '../support/lane-jobs.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn, storeMany } from '../support/store-many.ts';

const within = { timeout: 30_000 };
let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: { SWEEP_MS: '200' } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const statuses = async () => {
  const rows = await stack.db.selectFrom('orders').select('status').execute();
  return [...new Set(rows.map(({ status }) => status))].sort();
};
const alerts = async () =>
  await stack.db
    .selectFrom('alerts')
    .select(['code', 'count', 'order_id', 'text'])
    .orderBy('code')
    .execute();

it('ends what has grown too old without any executor, its jobs and all', async () => {
  const seed = await seedOn(stack);
  const entries = await storeMany(seed, 3, { expiresInMs: 600_000 });
  const late = await storeMany(await seedOn(stack), 1, { expiresInMs: 600_000 });
  await using jobs = await openLaneJobs(stack.parts);
  await stack.start('scheduler');
  const onLane = async () => (await jobs.waiting('regular', stack.accountId)).sort();
  await expect.poll(onLane, within).toEqual([...entries, ...late].map(jobIdOf).sort());
  await stack.db
    .updateTable('orders')
    .set({ expires_at: sql`clock_timestamp()` })
    .where('id', 'in', entries)
    .execute();
  await expect.poll(statuses, within).toEqual(['expired', 'queued']);
  await expect.poll(onLane, within).toEqual(late.map(jobIdOf));
});

it('tells of each exit by itself and of all entries of a strategy together, with two schedulers once', async () => {
  const seed = await seedOn(stack, { name: 'breakout' });
  await storeMany(seed, 40, { expiresInMs: 1 });
  const exits = { role: 'exit', lane: 'smart', quantity: 0, targetPosition: 0 } as const;
  const exitIds = await storeMany(await seedOn(stack, { name: 'reversal' }), 20, {
    ...exits,
    expiresInMs: 1,
  });
  await Promise.all([stack.start('scheduler'), stack.start('scheduler')]);
  await expect.poll(statuses, within).toEqual(['expired']);
  const raised = await alerts();
  const ofExits = raised.filter(({ code }) => code === 'exit_expired');
  expect(ofExits.map(({ order_id }) => order_id).sort()).toEqual(exitIds.toSorted());
  expect(ofExits.every(({ count }) => count === 1)).toBe(true);
  const ofEntries = raised.filter(({ code }) => code === 'expired');
  expect(ofEntries).toHaveLength(1);
  expect(ofEntries[0]?.text).toContain('entries');
});
