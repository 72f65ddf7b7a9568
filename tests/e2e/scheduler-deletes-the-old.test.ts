import { storeSignal } from '@orderlane/db/store-signal';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeSignal, makeStrategy, type Seed } from '../support/factories.ts';
import { openStack } from '../support/stack.ts';

/** A signal that became no order, received so many days ago. */
async function storeRefused(seed: Seed, daysAgo: number): Promise<void> {
  const refused = { verdict: 'refused', code: 'no_mapping', httpStatus: 400 } as const;
  const signal = makeSignal(seed, refused);
  await storeSignal(seed.db, signal);
  await sql`update signals set received_at = received_at - interval '1 day' * ${daysAgo} where id = ${signal.id}`.execute(
    seed.db,
  );
}

test('two schedulers delete what is past its time, again and again, and keep what is not', async () => {
  await using stack = await openStack({ env: { PRUNE_MS: '400 ms', KEEP_SIGNALS: '30 days' } });
  const { db, accountId } = stack;
  const seed = { db, accountId, strategyId: await makeStrategy(db, { account_id: accountId }) };
  const ages = async () => {
    const { rows } = await sql<{ days: number }>`
      select round(extract(epoch from now() - received_at) / 86400)::integer as days from signals order by 1`.execute(
      db,
    );
    return rows.map(({ days }) => days);
  };
  for (const days of [0, 29, 31, 400]) await storeRefused(seed, days);
  const schedulers = [await stack.start('scheduler'), await stack.start('scheduler')];
  await expect.poll(ages, { timeout: 20_000 }).toEqual([0, 29]);
  const deleted = () =>
    schedulers
      .flatMap((scheduler) => scheduler.logs())
      .filter(({ event }) => event === 'database_pruned')
      .reduce((sum, { signals }) => sum + Number(signals), 0);
  await expect.poll(deleted).toBe(2);

  await storeRefused(seed, 31);
  await expect.poll(ages, { timeout: 20_000 }).toEqual([0, 29]);
  await expect.poll(deleted).toBe(3);
});
