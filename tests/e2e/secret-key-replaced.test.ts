import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSecretKey } from '../support/accounts.ts';
import { commandLine } from '../support/command-line.ts';
import { makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { openStack, type Stack } from '../support/stack.ts';

const newSecretKey = 'the new secret key of the tests, 32 chars';
const both = { ORDERLANE_SECRET_KEY: newSecretKey, ORDERLANE_SECRET_KEY_OLD: testSecretKey };

let stack: Stack;
let seed: Seed;

beforeEach(async () => {
  stack = await openStack({ env: fastScheduler });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  seed = { db: stack.db, accountId: stack.accountId, strategyId };
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function rotate(): Promise<void> {
  const { databaseUrl } = stack.parts;
  await commandLine({ DATABASE_URL: databaseUrl, ...both }).json(['keys', 'rotate']);
}

/** An entry that is placed by an executor, and whose fill the scheduler sees in the books. */
async function tradeOnce(symbol: string): Promise<void> {
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  const id = await storeOrder(seed, { instrument, expiresInMs: 300_000 });
  const readStatus = async () =>
    await stack.db.selectFrom('orders').select('status').where('id', '=', id).executeTakeFirst();
  await expect.poll(readStatus, { timeout: 40_000 }).toEqual({ status: 'filled' });
}

test('processes that know both keys trade before and after; later ones need the new one only', async () => {
  const before = await Promise.all([stack.start('executor', both), stack.start('scheduler', both)]);
  await tradeOnce('SBIN');
  await rotate();
  await tradeOnce('INFY');

  await Promise.all(before.map(async (process) => await process.stop()));
  const after = { ORDERLANE_SECRET_KEY: newSecretKey };
  await Promise.all([stack.start('executor', after), stack.start('scheduler', after)]);
  await tradeOnce('TCS');
  expect(await stack.db.selectFrom('alerts').selectAll().execute()).toEqual([]);
});

test('processes that were not told of the new key go on with what they have open, and say so', async () => {
  const [executor, scheduler] = await Promise.all([
    stack.start('executor'),
    stack.start('scheduler'),
  ]);
  await tradeOnce('SBIN');
  await rotate();
  const haveNoticed = () =>
    [executor, scheduler].every((process) =>
      process.logs().some(({ event }) => event === 'account_key_unreadable'),
    );
  let trades = 0;
  const tradeAgain = async () => {
    trades += 1;
    await tradeOnce(`S${trades}`);
    return haveNoticed();
  };
  // An executor looks for changed accounts now and then: until then it knows of nothing.
  await expect.poll(tradeAgain, { timeout: 50_000 }).toBe(true);
  await tradeOnce('INFY');
  const readAlerts = async () => await stack.db.selectFrom('alerts').selectAll().execute();
  await expect
    .poll(readAlerts)
    .toMatchObject([
      { code: 'key_unreadable', text: expect.stringMatching(/goes on with it until .*restarted/) },
    ]);
});

test.each(['executor', 'scheduler'] as const)(
  'with the wrong secret key the %s ends at once with one error that says what to do',
  async (service) => {
    const start = stack.start(service, { ORDERLANE_SECRET_KEY: newSecretKey });
    const failure = await start.then(
      () => 'it started',
      (error: unknown) => String(error),
    );
    expect(failure.match(/ORDERLANE_SECRET_KEY is not the key of this database/g)).toHaveLength(1);
    expect(failure).toContain('run \\"keys rotate\\"');
    expect(failure).not.toContain(newSecretKey);
  },
);
