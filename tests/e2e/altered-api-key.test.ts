import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addAccount, testSecretKey } from '../support/accounts.ts';
import { commandLine } from '../support/command-line.ts';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { openStack } from '../support/stack.ts';

const keys = ['test-api-key-0123456789', 'second-api-key-0123456789'];

test("an altered API key stops its account's orders only; entered anew, they go out", async () => {
  await using stack = await openStack({ simulator: { apikeys: keys }, env: fastScheduler });
  const { db, accountId, simulator } = stack;
  const alteredId = await addAccount(db, { baseUrl: simulator.url, apiKey: keys[1] ?? '' });
  await sql`update openalgo_accounts set api_key_box = overlay(api_key_box placing 'AAAA' from 20)
    where id = ${alteredId}`.execute(db);
  for (const account_id of [accountId, alteredId]) {
    const strategyId = await makeStrategy(db, { account_id });
    await storeOrder({ db, accountId: account_id, strategyId }, { expiresInMs: 300_000 });
  }
  const readOrders = async () =>
    await db.selectFrom('orders').select(['account_id', 'status']).orderBy('account_id').execute();
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);

  await expect.poll(readOrders, { timeout: 40_000 }).toEqual([
    { account_id: accountId, status: 'filled' },
    { account_id: alteredId, status: 'queued' },
  ]);
  const readAlerts = async () =>
    await db.selectFrom('alerts').selectAll().where('code', '=', 'key_unreadable').execute();
  await expect
    .poll(readAlerts, { timeout: 40_000 })
    .toMatchObject([
      { account_id: alteredId, text: expect.stringContaining('was altered after it was stored') },
    ]);
  // Nothing of that account was sent.
  const { rows } = await sql<{ count: number }>`select count(*) from executions e
    join orders o on o.id = e.order_id where o.account_id = ${alteredId} and e.sent_at is not null`.execute(
    db,
  );
  expect(rows).toEqual([{ count: 0 }]);

  const { databaseUrl } = stack.parts;
  const cli = commandLine({ DATABASE_URL: databaseUrl, ORDERLANE_SECRET_KEY: testSecretKey });
  await cli.json(['account', 'set-key', String(alteredId)], keys[1]);
  await expect.poll(readOrders, { timeout: 40_000 }).toEqual([
    { account_id: accountId, status: 'filled' },
    { account_id: alteredId, status: 'filled' },
  ]);
});
