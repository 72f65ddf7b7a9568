import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;
// A Monday on which the market's hours of 2026 hold.
const TRADING_CLOCK = '2026-10-05T11:00:00+05:30';

async function openDesk() {
  const console = await openConsole({ TRADING_CLOCK });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  return Object.assign(console, { asha, account_id });
}

test('an edit changes what it names and nothing else, and a name stays unique', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const { id, webhook_id } = await strategyBy(asha, { account_id });
  await strategyBy(asha, { account_id, name: 'Other', position_scope: 'strategy' });
  const before = dataOf<object>(await asha.get(`/strategy/${id}`));
  expect(dataOf(await asha.post(`/strategy/${id}/edit`, { max_entries: 2 }))).toEqual({
    ...before,
    max_entries: 2,
    warnings: [],
    held: [],
    closing: false,
    squares_off_now: false,
  });
  expect((await asha.get(`/strategy/${id}/edit`)).body).toMatchObject({
    data: { strategy: { webhook_id, max_entries: 2 }, form: { trading_modes: expect.anything() } },
  });
  expect(await asha.post(`/strategy/${id}/edit`, { name: 'Other' })).toMatchObject({
    status: 409,
    body: { code: 'strategy_exists' },
  });
  expect(await asha.post(`/strategy/${id}/edit`, { webhook_id: 'mine' })).toMatchObject({
    body: { code: 'invalid_request' },
  });
});

test('what is held is not left behind by an edit, and keeps its strategy until it is flat', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const day = {
    is_intraday: true,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:10',
  };
  const { id } = await strategyBy(asha, { account_id, ...day });
  const set = { instrument: 'NSE:SBIN:MIS', own: 10, mode: 'analyze' };
  dataOf(await asha.post(`/strategy/${id}/position`, set));
  const ten = [{ exchange: 'NSE', symbol: 'SBIN', product: 'MIS', own: 10, open_orders: 0 }];
  for (const change of [
    { trading_mode: 'SHORT' },
    { position_scope: 'account' },
    { trading_mode: 'LONG', position_scope: 'strategy' },
  ]) {
    const answer = await asha.post(`/strategy/${id}/edit`, change);
    expect([change, dataOf(answer)]).toMatchObject([change, { held: ten, closing: false }]);
  }
  // 11:00 on the trading clock.
  const passed = { end_time: '10:00', squareoff_time: '10:30' };
  expect(await asha.post(`/strategy/${id}/edit`, passed)).toMatchObject({
    status: 409,
    body: { code: 'squareoff_passed' },
  });
  const tomorrow = { ...passed, accept_passed: true };
  expect(dataOf(await asha.post(`/strategy/${id}/edit`, tomorrow))).toMatchObject({
    squares_off_now: false,
  });
  expect(dataOf(await asha.post(`/strategy/${id}/delete`))).toMatchObject({
    deleted: false,
    held: ten,
  });
  expect(await asha.get(`/strategy/${id}`)).toMatchObject({
    body: { data: { is_active: true, exits_only: true } },
  });
  expect(dataOf(await asha.post(`/strategy/${id}/delete`, { held: 'forget' }))).toMatchObject({
    deleted: true,
  });
  expect(await asha.get(`/strategy/${id}`)).toMatchObject({
    status: 404,
    body: { code: 'unknown_strategy' },
  });
});

test('two strategies do not share a position by an edit either', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  await strategyBy(asha, { account_id, name: 'First' });
  const { id } = await strategyBy(asha, { account_id, name: 'Second' });
  expect(await asha.post(`/strategy/${id}/edit`, { position_scope: 'account' })).toMatchObject({
    status: 409,
    body: { code: 'position_shared', error: expect.stringContaining('First') },
  });
});

test('the webhook gets another address, and a secret that is shown once', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const { id, webhook_id } = await strategyBy(asha, { account_id });
  const rotated = dataOf<{ webhook_id: string }>(await asha.post(`/strategy/${id}/rotate`));
  expect(rotated.webhook_id).toMatch(uuid);
  expect(rotated.webhook_id).not.toBe(webhook_id);

  const made = dataOf<{ secret: string }>(await asha.post(`/strategy/${id}/secret`, {}));
  expect(made.secret.length).toBeGreaterThanOrEqual(16);
  const own = 'a secret of my own';
  expect(dataOf(await asha.post(`/strategy/${id}/secret`, { secret: own }))).toEqual({
    secret: null,
    has_shared_secret: true,
  });
  const shown = await asha.get(`/strategy/${id}`);
  expect(shown.body).toMatchObject({ data: { has_shared_secret: true } });
  const kept = await desk.db.selectFrom('strategies').selectAll().execute();
  const written = await desk.db.selectFrom('audit_log').selectAll().execute();
  for (const secret of [made.secret, own]) {
    expect(JSON.stringify([shown.text, kept, written])).not.toContain(secret);
  }
  expect(await asha.post(`/strategy/${id}/secret`, { secret: 'short' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_strategy', details: [{ field: 'shared_secret' }] },
  });
  dataOf(await asha.post(`/strategy/${id}/secret`, { secret: null }));
  expect((await asha.get(`/strategy/${id}`)).body).toMatchObject({
    data: { has_shared_secret: false },
  });
});

test('on, off, exits only, and off with everything closed', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const { id } = await strategyBy(asha, { account_id });
  const toggle = async (to?: string) =>
    dataOf(await asha.post(`/strategy/${id}/toggle`, to === undefined ? undefined : { to }));
  expect(await toggle()).toMatchObject({ is_active: false, still_open: [] });
  expect(await toggle('off')).toMatchObject({ is_active: false });
  expect(await toggle()).toMatchObject({ is_active: true });
  expect(await toggle('exits_only')).toMatchObject({ is_active: true, exits_only: true });
  const set = { instrument: 'NSE:SBIN:MIS', own: 10, mode: 'analyze' };
  dataOf(await asha.post(`/strategy/${id}/position`, set));
  expect(await toggle('close')).toMatchObject({
    is_active: false,
    closing: true,
    still_open: [{ symbol: 'SBIN', own: 10 }],
  });
  expect(
    await desk.db.selectFrom('orders').select(['role', 'action', 'quantity']).execute(),
  ).toEqual([{ role: 'exit', action: 'SELL', quantity: 10 }]);
  expect(await asha.post(`/strategy/${id}/exit`, {})).toMatchObject({
    status: 200,
    body: { data: { closings: [], already_closing: ['NSE:SBIN:MIS'] } },
  });
});
