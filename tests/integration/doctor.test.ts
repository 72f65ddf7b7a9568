import { checks } from '@orderlane/cli/doctor/finding';
import { migrate } from '@orderlane/db/migrate';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSecretKey } from '../support/accounts.ts';
import { startClockFront } from '../support/clock-front.ts';
import { commandLine } from '../support/command-line.ts';
import { startConsoleProcess } from '../support/console.ts';
import { emptyDatabase } from '../support/empty-database.ts';
import { storeOrder } from '../support/factories.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';
import { seedOn } from '../support/store-many.ts';

interface Found {
  check: string;
  level: 'well' | 'note' | 'wrong';
  text: string;
  cure: string | null;
}

const all = new AsyncDisposableStack();
let stack: Stack;
let redis: PrivateRedis;
let executor: TestProcess;
/** The stack's OpenAlgo, as it looks with a clock that is two minutes ahead. */
let clockFront: Awaited<ReturnType<typeof startClockFront>>;
/** What the services and the doctor are configured by. */
let env: Record<string, string>;

beforeAll(async () => {
  const database = all.use(await emptyDatabase({}));
  redis = all.use(await startPrivateRedis({ appendOnly: true }));
  await migrate(database.databaseUrl);
  const { databaseUrl, db } = database;
  const dispose = async () => await Promise.resolve();
  const parts = {
    ...{ databaseUrl, db, redisUrl: redis.redisUrl, redisPrefix: 'doctor', dispose },
    [Symbol.asyncDispose]: dispose,
  };
  stack = all.use(await openStack({ parts, env: { TICK_CHECK_MS: '200', TICK_STALE_MS: '500' } }));
  const front = { behindUrl: stack.simulator.url, laterMs: 120_000 };
  clockFront = all.use(await startClockFront(front));
  executor = await stack.start('executor');
  const [ingress, , console] = await Promise.all([
    stack.start('ingress'),
    stack.start('scheduler'),
    startConsoleProcess(parts),
  ]);
  all.use(console);
  env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: 'doctor',
    ORDERLANE_SECRET_KEY: testSecretKey,
    TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
    PUBLIC_URL: ingress.url,
    CONSOLE_URL: console.url,
    EGRESS_URL: 'http://127.0.0.1:9',
  };
  await db
    .insertInto('calendar_reads')
    .values({ year: 2026, account_id: stack.accountId })
    .onConflict((conflict) => conflict.columns(['year']).doNothing())
    .execute();
});
afterAll(async () => {
  await all.disposeAsync();
});

async function ask(
  changes: Record<string, string> = {},
): Promise<{ code: number | null; found: Found[] }> {
  const { code, stdout } = await commandLine({ ...env, ...changes }).run(['doctor', '--json']);
  return { code, found: JSON.parse(stdout) as Found[] };
}

/** The checks that find something wrong, once the stack has come to rest. */
async function wrongs(): Promise<string[]> {
  const { code, found } = await ask();
  const wrong = found.filter(({ level }) => level === 'wrong');
  expect(code).toBe(wrong.length === 0 ? 0 : 1);
  for (const { cure } of wrong) expect(cure).toMatch(/\w/);
  return [...new Set(wrong.map(({ check }) => check))];
}

const within = { timeout: 30_000 };
const run = async (statement: string) => await sql.raw(statement).execute(stack.db);
const setting = async (change: string) => {
  await run(`alter system ${change}`);
  await run('select pg_reload_conf()');
};

interface Fault {
  check: string;
  /** Names it in the finding. */
  text: RegExp;
  plant?: () => Promise<unknown>;
  cure?: () => Promise<unknown>;
  /** Of the environment, where the fault is there. */
  env?: () => Record<string, string>;
}

const faults: Record<string, Fault> = {
  'a setting that no service takes': {
    check: 'configuration',
    text: /WEBHOOK_RATE_LIMIT/,
    env: () => ({ WEBHOOK_RATE_LIMIT: 'often' }),
  },
  'an address that is none': {
    check: 'configuration',
    text: /PUBLIC_URL/,
    env: () => ({ PUBLIC_URL: 'here', REDIS_URL: 'there' }),
  },
  'Postgres away': {
    check: 'postgres',
    text: /ECONNREFUSED|not answer|reached/i,
    env: () => ({ DATABASE_URL: 'postgres://orderlane:x@127.0.0.1:9/orderlane' }),
  },
  'commits that do not wait for the disk': {
    check: 'synchronous_commit',
    text: /is off/,
    env: () => ({ DATABASE_URL: `${env['DATABASE_URL']}?options=-c%20synchronous_commit%3Doff` }),
  },
  'a server that does not write through': {
    check: 'fsync',
    text: /power cut/,
    plant: async () => await setting('set fsync = off'),
    cure: async () => await setting('reset fsync'),
  },
  'a migration that is missing': {
    check: 'schema',
    text: /0070-restored-databases/,
    plant: async () =>
      await run(
        "update kysely_migration set name = '0070-x' where name = '0070-restored-databases'",
      ),
    cure: async () =>
      await run(
        "update kysely_migration set name = '0070-restored-databases' where name = '0070-x'",
      ),
  },
  'a Redis that forgets': {
    check: 'redis_eviction',
    text: /allkeys-lru/,
    plant: async () => await redisCli('maxmemory-policy', 'allkeys-lru'),
    cure: async () => await redisCli('maxmemory-policy', 'noeviction'),
  },
  'a Redis that keeps nothing': {
    check: 'redis_persistence',
    text: /appendonly is no/,
    plant: async () => await redisCli('appendonly', 'no'),
    cure: async () => await redisCli('appendonly', 'yes'),
  },
  'another secret key': {
    check: 'secret_key',
    text: /does not open account/,
    env: () => ({ ORDERLANE_SECRET_KEY: 'another secret key of 32 characters or more' }),
  },
  'OpenAlgo away': {
    check: 'openalgo',
    text: /does not answer/,
    plant: async () => await stack.simulator.goDown(),
    cure: async () => await stack.simulator.comeBack(),
  },
  'an OpenAlgo whose clock is ahead': {
    check: 'openalgo_clock',
    text: /is 1[12]\d{4} ms behind/,
    plant: async () => await moveOpenAlgo(clockFront.url),
    cure: async () => await moveOpenAlgo(stack.simulator.url),
  },
  'a calendar that nobody reads any more': {
    check: 'calendar',
    text: /9 days ago/,
    plant: async () => await run("update calendar_reads set read_at = now() - interval '9 days'"),
    cure: async () => await run('update calendar_reads set read_at = now()'),
  },
  'no ingress at the public address': {
    check: 'ingress',
    text: /no connection/,
    env: () => ({ PUBLIC_URL: 'http://127.0.0.1:9' }),
  },
  'something else at the address of the console': {
    check: 'console',
    text: /HTTP 404/,
    env: () => ({ CONSOLE_URL: env['PUBLIC_URL'] ?? '' }),
  },
  'no console': {
    check: 'console',
    text: /no connection/,
    env: () => ({ CONSOLE_URL: 'http://127.0.0.1:9' }),
  },
};

const moveOpenAlgo = async (url: string) =>
  await run(`update openalgo_accounts set base_url = '${url}'`);

async function redisCli(name: string, value: string): Promise<void> {
  const client = new Redis(redis.redisUrl);
  await client.config('SET', name, value);
  client.disconnect();
}

it('finds nothing wrong where nothing is', async () => {
  await expect.poll(async () => await wrongs(), within).toEqual([]);
  const { found } = await ask();
  expect(found.map(({ check }) => check)).toEqual(
    expect.arrayContaining(checks.filter((check) => check !== 'openalgo_clock')),
  );
  expect(found.find(({ check }) => check === 'egress')).toMatchObject({ level: 'note' });
});

it.each(Object.entries(faults))('finds %s, and nothing once it is mended', async (_, fault) => {
  await fault.plant?.();
  try {
    const { found } = await ask(fault.env?.());
    const wrong = found.filter(({ check, level }) => level === 'wrong' && check === fault.check);
    expect(wrong.map(({ text }) => text).join('\n')).toMatch(fault.text);
  } finally {
    await fault.cure?.();
  }
  await expect.poll(async () => await wrongs(), within).toEqual([]);
});

it('notes a database of newer programs, with which these go on', async () => {
  await run("insert into kysely_migration values ('9999-future', now())");
  try {
    const { found } = await ask();
    const schema = found.find(({ check }) => check === 'schema');
    expect(schema).toMatchObject({ level: 'note', text: expect.stringContaining('9999-future') });
  } finally {
    await run("delete from kysely_migration where name = '9999-future'");
  }
});

it('finds commits that wait for a standby which is not there', async () => {
  await setting("set synchronous_standby_names = 'away'");
  try {
    expect(await wrongs()).toContain('standby');
  } finally {
    await setting('reset synchronous_standby_names');
  }
  await expect.poll(async () => await wrongs(), within).toEqual([]);
});

it('finds a restored database', async () => {
  await run("insert into database_homes (home) values ('elsewhere')");
  expect(await wrongs()).toEqual(['restore']);
  await run("delete from database_homes where home = 'elsewhere'");
});

it('finds a lane that nobody serves, orders that are on no lane, and a scheduler that does not tick', async () => {
  await executor.stop();
  await expect.poll(async () => await wrongs(), within).toEqual(['lanes']);
  for (const process of stack.processes()) await process.stop();
  await storeOrder(await seedOn(stack));
  await run("update orders set stored_at = stored_at - interval '20 s' where status = 'queued'");
  await run("update clock set last_tick_at = now() - interval '5 minutes'");
  expect(await wrongs()).toEqual(['lanes', 'jobs', 'scheduler', 'ingress']);
});
