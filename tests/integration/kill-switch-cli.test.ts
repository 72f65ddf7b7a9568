import { createLanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { makeAccount, makeStrategy, type Seed, storeOrder } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';

async function startTrading(env: Record<string, string> = {}) {
  const cli = await openHereCli(env);
  const { db } = cli.parts;
  const accountId = await makeAccount(db, { name: 'main' });
  const strategyId = await makeStrategy(db, { account_id: accountId, name: 'Demo' });
  const seed: Seed = { db, accountId, strategyId };
  return { ...cli, db, seed };
}

const on = (symbol: string) =>
  ({ instrument: { exchange: 'NSE', symbol, product: 'MIS' } }) as const;

test('stop without a strength stops entries only; brakes lists it; resume releases it', async () => {
  await using cli = await startTrading();
  await storeOrder(cli.seed, on('SBIN'));
  await storeOrder(cli.seed, { role: 'exit', ...on('INFY') });

  const stopped = await cli.run(['stop', '--strategy', 'Demo', '--reason', 'odd signals']);
  expect(stopped).toMatchObject({ code: 0, stderr: '' });
  expect(stopped.stdout).toContain('Strategy "Demo" is stopped: new entries are refused');
  expect(stopped.stdout).toContain('Waiting now: 1 entry, 0 exits');
  expect(await cli.json(['brakes'])).toMatchObject([
    {
      scope: 'strategy',
      target: 'strategy "Demo"',
      brake: 'stop_entries',
      by: expect.stringMatching(/^cli:/),
      reason: 'odd signals',
      since: expect.stringMatching(/^\d{4}-/),
      waiting_entries: 1,
      waiting_exits: 0,
    },
  ]);
  expect((await cli.run(['brakes'])).stdout).toContain('odd signals');

  expect(await cli.json(['resume', '--strategy', 'Demo'])).toMatchObject({
    entries_going_out: 1,
    exits_going_out: 1,
    expired_orders: 0,
  });
  expect((await cli.run(['brakes'])).stdout).toBe('Nothing is stopped\n');
});

test('halt names the exits that wait, and the release those that go out', async () => {
  await using cli = await startTrading();
  await storeOrder(cli.seed, { role: 'exit', ...on('INFY') });
  const halted = await cli.run(['stop', '--account', 'main', '--halt']);
  expect(halted.stdout).toContain('nothing is sent, exits included');
  expect(halted.stdout).toContain('0 entries, 1 exit\n');
  expect((await cli.run(['resume', '--account', '1'])).stdout).toContain('SELL all of INFY (demo)');
});

test('flatten cancels queued entries, takes their jobs away, and says what it does not do', async () => {
  await using cli = await startTrading();
  const { accountId } = cli.seed;
  const id = await storeOrder(cli.seed, on('SBIN'));
  const redis = new Redis(cli.parts.redisUrl);
  const lanes = createLanes({ redis, prefix: cli.parts.redisPrefix });
  await lanes.add([{ id, accountId, lane: 'regular', priority: 10 }]);

  const flattened = await cli.run(['stop', '--account', 'main', '--flatten']);

  expect(flattened.stdout).toContain('1 queued entry cancelled');
  expect(flattened.stdout).toContain('Open positions are NOT closed by this');
  const orders = await cli.db.selectFrom('orders').select(['status', 'code']).execute();
  expect(orders).toEqual([{ status: 'cancelled', code: 'flattening' }]);
  expect(await lanes.queue('regular', accountId).getJobCountByTypes('prioritized')).toBe(0);
  await lanes.close();
  redis.disconnect();
});

test('a stop works without Redis', async () => {
  await using cli = await startTrading({ REDIS_URL: 'redis://127.0.0.1:1' });
  await storeOrder(cli.seed);
  expect(await cli.json(['stop', '--account', 'main', '--flatten'])).toMatchObject({
    cancelled_entries: 1,
  });
});

test('entries that waited need not go out', async () => {
  await using cli = await startTrading();
  await storeOrder(cli.seed, on('SBIN'));
  await storeOrder(cli.seed, { role: 'exit', ...on('INFY') });
  await cli.json(['stop', '--strategy', 'Demo', '--halt']);
  expect(await cli.json(['resume', '--strategy', 'Demo', '--cancel-entries'])).toMatchObject({
    cancelled_entries: 1,
    entries_going_out: 0,
    exits_going_out: 1,
  });
});

test('what another brake still holds is not said to go out', async () => {
  await using cli = await startTrading();
  await storeOrder(cli.seed, { role: 'exit', ...on('INFY') });
  await cli.json(['account', 'pause', 'main', '--reason', 'holiday']);
  await cli.json(['stop', '--everything', '--halt', '--yes']);
  expect(await cli.json(['brakes'])).toMatchObject([
    { target: 'everything', brake: 'halt', release: 'resume --everything' },
    { target: 'account "main"', brake: 'account_paused', reason: 'holiday', waiting_exits: 1 },
  ]);
  expect(await cli.json(['resume', '--everything', '--yes'])).toMatchObject({
    exits_going_out: 0,
    waiting_exits: 1,
  });
});

test('saying it again weakens nothing; a strength that is said counts', async () => {
  await using cli = await startTrading();
  await cli.json(['stop', '--strategy', 'Demo', '--halt']);
  const again = ['stop', '--strategy', 'Demo'];
  expect(await cli.json(again)).toMatchObject({ brake: 'halt', changed: false });
  expect(await cli.json([...again, '--entries-only'])).toMatchObject({ brake: 'stop_entries' });
});
