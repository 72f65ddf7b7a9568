import { storeSignal } from '@orderlane/db/store-signal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { makeAccount, makeSignal, makeStrategy, storeOrder } from '../support/factories.ts';

let cli: Awaited<ReturnType<typeof startCli>>;

beforeAll(async () => {
  cli = await startCli();
  const { db } = cli.parts;
  const accountId = await makeAccount(db);
  for (const name of ['First', 'Second']) {
    const strategyId = await makeStrategy(db, { account_id: accountId, name });
    const seed = { db, accountId, strategyId };
    await storeOrder(seed);
    await storeOrder(seed, { role: 'exit' });
    const refused = [{ symbol: 'TCS', code: 'no_mapping', error: 'No mapping found for TCS' }];
    const verdict = { verdict: 'refused', code: 'no_mapping', httpStatus: 400 } as const;
    await storeSignal(db, makeSignal(seed, { ...verdict, refused }));
  }
});
afterAll(async () => await cli[Symbol.asyncDispose]());

test('signals: the newest first, refused ones with the reason', async () => {
  const { stdout } = await cli.run(['signals']);
  const [titles, newest] = stdout.split('\n');
  expect(titles).toMatch(/^RECEIVED +STRATEGY +VERDICT +WHY$/);
  expect(newest).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d +Second +refused +No mapping found for TCS$/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

  expect(await cli.json(['signals', '--strategy', 'First'])).toHaveLength(3);
  expect(await cli.json(['signals', '--limit', '2'])).toMatchObject([
    { verdict: 'refused', code: 'no_mapping', http_status: 400 },
    { verdict: 'queued' },
  ]);
});

test('orders: what was wished and what became of it', async () => {
  const { stdout } = await cli.run(['orders', '--strategy', 'Second']);
  expect(stdout).toMatch(/NSE:SBIN MIS to 0 +queued/);
  expect(stdout).toMatch(/BUY 10 NSE:SBIN MIS +superseded/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

  expect(await cli.json(['orders'])).toHaveLength(4);
  expect(await cli.json(['orders', '--status', 'queued', '--limit', '1'])).toMatchObject([
    { role: 'exit', lane: 'smart', target_position: 0, status: 'queued' },
  ]);
  expect((await cli.run(['orders', '--strategy', 'Third'])).stderr).toMatch(
    /^error unknown_strategy/,
  );
});
