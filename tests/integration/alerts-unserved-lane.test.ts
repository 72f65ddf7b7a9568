import { pauseAccount } from '@orderlane/db/accounts';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { tellUnservedLanes } from '@orderlane/scheduler/alerts/tell-unserved-lanes';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openStack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

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

const limits = { gapMs: 105, smartGapMs: 1100, windows: [] };
const tell = async (windows: { max: number; windowMs: number }[] = []) =>
  await tellUnservedLanes({
    db: parts.db,
    silentMs: 30_000,
    limitsOf: () => ({ ...limits, windows }),
  });

const alerts = async () =>
  await parts.db
    .selectFrom('alerts')
    .select(['code', 'count', 'text'])
    .where('account_id', '=', seed.accountId)
    .where('code', '=', 'lane_unserved')
    .execute();

/** Stored so long ago. */
async function store(seconds: number, values: Partial<OrderPlan> = {}) {
  const id = await storeOrder(seed, { expiresInMs: 3_600_000, ...values });
  const stored_at = sql<Date>`now() - ${seconds} * interval '1 second'`;
  await parts.db.updateTable('orders').set({ stored_at }).where('id', '=', id).execute();
  return id;
}

const infy = { instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } } as const;

it('a lane on which orders wait and that nobody serves is told once in ten minutes', async () => {
  await store(40);
  await store(50, infy);
  await tell();
  await tell();
  expect(await alerts()).toEqual([
    {
      code: 'lane_unserved',
      count: 2,
      text: expect.stringMatching(
        /^2 orders wait on the regular lane of "account-.*", the oldest since .*, and nobody has taken any$/,
      ),
    },
  ]);
});

it('one that was served a while ago is told with the time of that', async () => {
  const taken = await store(100, infy);
  await claimNow(parts.db, { orderId: taken });
  const claimed_at = sql<Date>`now() - interval '60 seconds'`;
  await parts.db.updateTable('orders').set({ claimed_at }).where('id', '=', taken).execute();
  await store(40);
  await tell();
  expect(await alerts()).toMatchObject([{ text: expect.stringContaining('has taken one since') }]);
});

it.each<[string, () => Promise<unknown>]>([
  ['where what waits is new', async () => await store(5)],
  [
    'that is being served',
    async () => {
      await store(40);
      await claimNow(parts.db, { orderId: await store(40, infy) });
    },
  ],
  [
    'of a paused account',
    async () => {
      await store(40);
      await pauseAccount(parts.db, { id: seed.accountId, reason: 'test' });
    },
  ],
  [
    'on which an order waits for another',
    async () => {
      await claimNow(parts.db, { orderId: await store(90) });
      const claimed_at = sql<Date>`now() - interval '80 seconds'`;
      await parts.db.updateTable('orders').set({ claimed_at }).execute();
      await claimNow(parts.db, { orderId: await store(40) });
    },
  ],
])('a lane %s is not told', async (_what, prepare) => {
  await prepare();
  await tell();
  expect(await alerts()).toEqual([]);
});

it('a lane is not told for what its rate explains', async () => {
  await store(40);
  await tell([{ max: 1, windowMs: 60_000 }]);
  expect(await alerts()).toEqual([]);
});

it('a scheduler tells it where no executor runs', async () => {
  await using stack = await openStack({ env: { LANE_ALERT_MS: '300 ms' } });
  await storeOrder(await seedOn(stack), { expiresInMs: 600_000 });
  await stack.start('scheduler');
  const told = async () =>
    (await stack.db.selectFrom('alerts').select('code').execute()).map(({ code }) => code);
  await expect.poll(told, { timeout: 20_000 }).toContain('lane_unserved');
});
