import { setTimeout as sleep } from 'node:timers/promises';
import { listAccounts } from '@orderlane/db/accounts';
import { sql } from 'kysely';
import { makeStrategy, storeOrder } from '../../support/factories.ts';
import { waitForCalls } from '../../support/place-calls.ts';
import { enqueueJobs, queuedOrders } from '../../support/stack.ts';
import { type BenchSystem, startBenchSystem } from '../bench-system.ts';
import { percentile } from '../measure/percentile.ts';
import { residentMiB } from '../measure/processor-time.ts';
import { boundBy, measureUse, readRedis } from '../measure/use.ts';
import type { Figure, Scenario } from '../scenario.ts';

const idleMs = 10_000;

/** What accounts with nothing to send cost an executor, and how soon all of them are served at once. */
export const accounts: Scenario = {
  name: 'accounts',
  async run() {
    return [...(await idleWith(1)), ...(await idleWith(1000))];
  },
};

async function idleWith(count: number): Promise<Figure[]> {
  await using system = await startBenchSystem();
  const { stack } = system;
  await sql`insert into openalgo_accounts (user_id, name, base_url, api_key_box, api_key_fingerprint, mode)
    select 'owner', 'account ' || i, base_url || '/', api_key_box, 'fingerprint ' || i, mode
    from openalgo_accounts, generate_series(2, ${count}::integer) i`.execute(stack.db);
  await sql`update openalgo_accounts set live_confirmed_at = now(), mode_seen_at = now()`.execute(
    stack.db,
  );
  const executor = await system.start('executor');
  await sleep(10_000);
  const { use } = await measureUse(system, async () => await sleep(idleMs));
  const { clients, memoryMiB } = await readRedis(stack.parts.redisUrl);
  const name = `${count} idle account${count === 1 ? '' : 's'}`;
  return [
    { name: `${name}, connections to Redis`, value: clients, unit: '' },
    {
      name: `${name}, Redis commands`,
      value: use.redisCommandsPerS,
      unit: '/s',
      boundBy: boundBy(use),
    },
    { name: `${name}, executor's memory`, value: await residentMiB(executor.pid), unit: 'MiB' },
    { name: `${name}, Redis' memory`, value: memoryMiB, unit: 'MiB' },
    ...(count > 1 ? await rush(system) : []),
  ];
}

/** An order of every account at once, on lanes that nobody serves yet. */
async function rush(system: BenchSystem): Promise<Figure[]> {
  const { stack } = system;
  await system.start('scheduler');
  await sql`update openalgo_accounts set paused_at = now()`.execute(stack.db);
  for (const { id: accountId } of await listAccounts(stack.db)) {
    const strategyId = await makeStrategy(stack.db, { account_id: accountId });
    await storeOrder({ db: stack.db, accountId, strategyId }, { expiresInMs: 600_000 });
  }
  const orders = await queuedOrders(stack.db);
  const startedAt = Date.now();
  const { use, value: calls } = await measureUse(system, async () => {
    await sql`update openalgo_accounts set paused_at = null`.execute(stack.db);
    // What is not added in time, the sweep adds.
    await enqueueJobs(stack.parts, orders).catch(() => undefined);
    return await waitForCalls(stack.simulator, orders.length);
  });
  const times = calls.map(({ arrivedAt }) => arrivedAt - startedAt);
  const name = `an order of each of ${orders.length} accounts at OpenAlgo`;
  return [
    { name: `${name}, median`, value: percentile(times, 0.5), unit: 'ms' },
    { name: `${name}, all`, value: Math.max(...times), unit: 'ms', boundBy: boundBy(use) },
  ];
}
