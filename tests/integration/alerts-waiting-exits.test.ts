import { markSessionDead, pauseAccount } from '@orderlane/db/accounts';
import { tellWaitingExits } from '@orderlane/scheduler/alerts/tell-waiting-exits';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(parts.db);
});

const tell = async () => await tellWaitingExits(parts.db, { olderThanMs: 30_000 });

async function storeWaiting(role: 'entry' | 'exit') {
  const id = await storeOrder(seed, { role, expiresInMs: 3_600_000 });
  const stored_at = sql<Date>`now() - interval '31 seconds'`;
  await parts.db.updateTable('orders').set({ stored_at }).where('id', '=', id).execute();
  return id;
}

const alerts = async () =>
  await parts.db
    .selectFrom('alerts')
    .select(['code', 'order_id', 'count', 'text'])
    .where('account_id', '=', seed.accountId)
    .execute();

it('an exit that nobody sends is told, and again after ten minutes', async () => {
  const id = await storeWaiting('exit');
  await tell();
  await tell();
  expect(await alerts()).toEqual([
    {
      code: 'exit_waits',
      order_id: id,
      count: 1,
      text: expect.stringMatching(
        /^SELL all of SBIN \(demo\) waits to be sent since .*: nobody has taken it$/,
      ),
    },
  ]);

  const back = sql<Date>`at - interval '11 minutes'`;
  await parts.db
    .updateTable('alerts')
    .set({ at: back, bucket: sql<Date>`bucket - interval '11 minutes'` })
    .execute();
  await tell();
  expect(await alerts()).toHaveLength(2);
});

it('an exit that is new, that a person holds, and an entry are not told', async () => {
  await storeOrder(seed, { role: 'exit', expiresInMs: 3_600_000 });
  await tell();
  await storeWaiting('entry');
  await tell();
  await storeWaiting('exit');
  await pauseAccount(parts.db, { id: seed.accountId, reason: 'test' });
  await tell();
  expect(await alerts()).toEqual([]);
});

it('an exit under a dead session is told', async () => {
  await storeWaiting('exit');
  await markSessionDead(parts.db, seed.accountId);
  await tell();
  expect(await alerts()).toMatchObject([{ code: 'exit_waits' }]);
});
