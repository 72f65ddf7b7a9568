import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startBenchSystem } from '../bench-system.ts';
import { residentMiB } from '../measure/processor-time.ts';
import { boundBy, measureUse, readRedis } from '../measure/use.ts';
import type { Figure, Scenario } from '../scenario.ts';

const idleMs = 10_000;

/** What accounts with nothing to send cost an executor: two lanes each. */
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
    select 'owner', 'account ' || i, base_url || '/' || i, api_key_box, 'fingerprint ' || i, mode
    from openalgo_accounts, generate_series(2, ${count}::integer) i`.execute(stack.db);
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
  ];
}
