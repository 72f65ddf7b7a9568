import { brandIds } from '@orderlane/domain/ids';
import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { storeOrder } from '../support/factories.ts';
import { openConsole } from '../support/here-console.ts';

async function openDesk() {
  const console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const accountId = await accountOf(console, asha.user.tenant_id);
  const { id } = await strategyBy(asha, { account_id: accountId });
  const seed = { db: console.db, accountId, strategyId: brandIds.strategy(id) };
  return Object.assign(console, { asha, accountId, id, seed });
}

test('a kill switch over a strategy or an account: what waits is told, and released', async () => {
  await using desk = await openDesk();
  const { asha, accountId, id, seed } = desk;
  await storeOrder(seed);
  expect(
    dataOf(await asha.post('/brakes/stop', { scope: 'strategy', id, reason: 'why not' })),
  ).toMatchObject({
    scope: 'strategy',
    brake: 'stop_entries',
    changed: true,
    by: 'console:asha@example.com',
    waiting_entries: 1,
  });
  const account = { scope: 'account', id: accountId };
  dataOf(await asha.post('/brakes/stop', { ...account, strength: 'halt' }));
  expect(dataOf(await asha.get('/brakes'))).toMatchObject([
    { scope: 'account', brake: 'halt', release: 'resume', waiting_entries: 1 },
    { scope: 'strategy', brake: 'stop_entries', reason: 'why not' },
  ]);
  expect(dataOf(await asha.post('/brakes/resume', account))).toMatchObject({
    released_by: 'console:asha@example.com',
    waiting_entries: 1,
  });
  expect(
    dataOf(await asha.post('/brakes/resume', { scope: 'strategy', id, cancel_entries: true })),
  ).toMatchObject({ cancelled_entries: 1 });
  expect(await asha.post('/brakes/resume', { scope: 'strategy', id })).toMatchObject({
    status: 404,
    body: { code: 'not_stopped' },
  });
  expect(dataOf(await asha.get('/brakes'))).toEqual([]);
});

test('everything is stopped and released by administrators only, and by the sentence', async () => {
  await using desk = await openDesk();
  const admin = await desk.person({ name: 'root', role: 'admin' });
  const everything = { scope: 'everything' };
  const stop = { ...everything, sentence: 'stop everything' };
  expect(await desk.asha.post('/brakes/stop', stop)).toMatchObject({
    status: 403,
    body: { code: 'not_allowed' },
  });
  expect(await admin.post('/brakes/stop', everything)).toMatchObject({
    status: 400,
    body: { code: 'confirmation_differs' },
  });
  dataOf(await admin.post('/brakes/stop', stop));
  // Whoever trades sees why nothing goes out.
  expect(dataOf(await desk.asha.get('/brakes'))).toMatchObject([{ scope: 'everything' }]);
  expect(await admin.post('/brakes/resume', stop)).toMatchObject({
    body: { code: 'confirmation_differs' },
  });
  dataOf(await admin.post('/brakes/resume', { ...everything, sentence: 'Resume everything' }));
  expect(dataOf(await admin.get('/brakes'))).toEqual([]);
});

test('paused accounts and those that may not trade yet are among the brakes', async () => {
  await using desk = await openDesk();
  const { asha, accountId } = desk;
  dataOf(await asha.post(`/accounts/${accountId}/pause`, { reason: 'lunch' }));
  await desk.db.updateTable('openalgo_accounts').set({ mode: 'live' }).execute();
  expect(dataOf(await asha.get('/brakes'))).toMatchObject([
    {
      brake: 'account_paused',
      reason: 'lunch',
      by: 'console:asha@example.com',
      release: 'account_resume',
    },
    { brake: 'trading_off', release: 'account_trading_on' },
  ]);
  expect(await asha.post('/brakes/stop', { scope: 'account' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: [{ field: 'id' }] },
  });
});
