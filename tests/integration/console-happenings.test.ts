import { raiseAlert } from '@orderlane/db/alerts';
import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { brandIds } from '@orderlane/domain/ids';
import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

async function openDesk() {
  const console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const ravi = await console.person({ name: 'ravi', role: 'trader' });
  const accountId = await accountOf(console, asha.user.tenant_id);
  const { id } = await strategyBy(asha, { account_id: accountId });
  return Object.assign(console, {
    admin,
    asha,
    ravi,
    accountId,
    strategyId: brandIds.strategy(id),
  });
}

test('square-offs and closings, to their own tenant', async () => {
  await using desk = await openDesk();
  const { asha, ravi, strategyId } = desk;
  const due = { strategyId, dueTime: '15:10', status: 'missed', detail: 'too late' } as const;
  for (const sessionDate of ['2026-02-09', '2026-02-10']) {
    await openSquareOffs(desk.db, [{ ...due, sessionDate }]);
  }
  const newest = { session_date: '2026-02-10', status: 'missed', detail: 'too late', exits: 0 };
  const page = await asha.get('/square-offs?limit=1');
  expect(dataOf(page)).toMatchObject([{ ...newest, strategy: 'Breakout', run: 1 }]);
  expect(dataOf(await asha.get(`/square-offs?cursor=${page.body['next']}`))).toMatchObject([
    { session_date: '2026-02-09' },
  ]);
  expect(dataOf(await asha.get('/square-offs?date=2026-02-09'))).toHaveLength(1);
  expect(dataOf(await ravi.get('/square-offs'))).toEqual([]);

  const set = { instrument: 'NSE:SBIN:MIS', own: 10, mode: 'analyze' };
  dataOf(await asha.post(`/strategy/${strategyId}/position`, set));
  expect(dataOf(await asha.get('/positions'))).toMatchObject([{ symbol: 'SBIN', own: 10 }]);
  expect(dataOf(await ravi.get('/positions'))).toEqual([]);
  dataOf(await asha.post(`/strategy/${strategyId}/exit`, { symbol: 'SBIN' }));
  const untold = { attempts: 0, reason: null, told: [] };
  const open = {
    strategy_id: strategyId,
    symbol: 'SBIN',
    cause: 'person',
    status: 'open',
    ...untold,
  };
  expect(dataOf(await asha.get('/closings?status=open'))).toMatchObject([open]);
  expect(dataOf(await asha.get('/closings?status=failed'))).toEqual([]);
  expect(dataOf(await ravi.get('/closings'))).toEqual([]);
});

test('alerts are for those whom they concern, the installation’s own for administrators', async () => {
  await using desk = await openDesk();
  const { strategyId, accountId } = desk;
  await raiseAlert(desk.db, { code: 'rate_limited', subject: 's', text: 'one', strategyId });
  await raiseAlert(desk.db, { code: 'account_paused', subject: 'a', text: 'two', accountId });
  await raiseAlert(desk.db, { code: 'redis_away', subject: 'r', text: 'three' });
  const texts = async (who: typeof desk.asha, query = '') =>
    dataOf<{ text: string }[]>(await who.get(`/alerts${query}`)).map(({ text }) => text);
  expect(await texts(desk.admin)).toEqual(['three', 'two', 'one']);
  expect(await texts(desk.asha)).toEqual(['two', 'one']);
  expect(await texts(desk.ravi)).toEqual([]);
  expect(await texts(desk.asha, '?code=rate_limited')).toEqual(['one']);
});

test('the calendar is everybody’s to see and an administrator’s to change', async () => {
  await using desk = await openDesk();
  const { admin, asha } = desk;
  const day = { date: '2027-02-01', exchanges: 'NSE,BSE', hours: '09:15-15:30', note: 'Budget' };
  expect(await asha.post('/calendar/add', day)).toMatchObject({ status: 403 });
  expect(dataOf(await admin.post('/calendar/add', day))).toHaveLength(2);
  expect(await admin.post('/calendar/add', day)).toMatchObject({
    body: { code: 'calendar_overlap' },
  });
  expect(await admin.post('/calendar/add', { ...day, hours: 'noon' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_calendar_entry' },
  });
  expect(dataOf(await asha.get('/calendar?from=2027-02-01&to=2027-02-01'))).toMatchObject([
    { exchange: 'BSE', source: 'own', hours: '09:15-15:30' },
    { exchange: 'NSE', note: 'Budget' },
  ]);
  dataOf(await admin.post('/calendar/delete', { date: day.date, exchanges: 'NSE' }));
  expect(dataOf(await asha.get('/calendar?from=2027-02-01&to=2027-02-01'))).toHaveLength(1);
});

test('the audit log is an administrator’s to read', async () => {
  await using desk = await openDesk();
  expect(await desk.asha.get('/audit')).toMatchObject({
    status: 403,
    body: { code: 'not_allowed' },
  });
  const page = await desk.admin.get('/audit?what=strategy.create');
  expect(dataOf(page)).toMatchObject([
    { who: 'console:asha@example.com', from: '127.0.0.1', after: { name: 'Breakout' } },
  ]);
  expect(dataOf(await desk.admin.get('/audit?limit=2'))).toHaveLength(2);
  const next = (await desk.admin.get('/audit?limit=2')).body['next'];
  expect(dataOf(await desk.admin.get(`/audit?limit=200&cursor=${next}`))).not.toHaveLength(0);
});
