import { releaseBrake, setBrake } from '@orderlane/db/brakes';
import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { openLaneJobs } from '../support/lane-jobs.ts';
import { placeCalls, waitForCalls } from '../support/place-calls.ts';
import { openStack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

const everything = { scope: 'everything', id: 0 } as const;

it('a halt outlives every process; what it kept goes out when it is released', async () => {
  await using stack = await openStack();
  const { db, accountId } = stack;
  const seed = await seedOn(stack);
  await setBrake(db, everything, { strength: 'halt', reason: null, setBy: 'test' });
  const exit = await storeOrder(seed, { role: 'exit', expiresInMs: 600_000 });
  const first = await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  await Promise.all(first.map(async (each) => await each.kill()));

  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  // An entry that is too old shows that the sweep came by: it expires, the exit stays.
  const old = await storeOrder(seed, {
    instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' },
    expiresInMs: 0,
  });
  await poll(
    async () => {
      const row = await db
        .selectFrom('orders')
        .select('status')
        .where('id', '=', old)
        .executeTakeFirst();
      return row?.status === 'expired' ? true : undefined;
    },
    { what: 'the sweep', withinMs: 20_000 },
  );
  await using jobs = await openLaneJobs(stack.parts);
  expect(await jobs.waiting('smart', accountId)).toEqual([]);
  expect(placeCalls(stack.simulator)).toEqual([]);

  await releaseBrake(db, everything);
  const [call] = await waitForCalls(stack.simulator, 1);
  expect(call?.order).toBe(`${exit}/1`);
});
