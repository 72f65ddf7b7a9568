import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

const publicUrl = 'https://trade.example.com';
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;
// A Monday on which the market's hours of 2026 hold.
const TRADING_CLOCK = '2026-10-05T11:00:00+05:30';

async function openDesk() {
  const console = await openConsole({ PUBLIC_URL: publicUrl, TRADING_CLOCK });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  return Object.assign(console, { asha, account_id });
}

test('a new strategy is active, with its address and message; every setting is kept', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const settings = {
    name: 'Every setting',
    platform: 'amibroker',
    trading_mode: 'BOTH',
    is_intraday: true,
    start_time: '09:20',
    end_time: '14:30',
    squareoff_time: '15:10',
    position_scope: 'account',
    chartink_action: null,
    duplicate_window_ms: 10_000,
    entry_max_age_ms: 120_000,
    max_quantity: 500,
    max_entries: 3,
    max_orders_per_day: 40,
    trading_days: [1, 2, 3],
    once_a_day: true,
    allowed_sources: ['tradingview', '10.0.0.0/8'],
  };
  const made = dataOf<Record<string, unknown>>(
    await asha.post('/strategy/new', { ...settings, account_id, start_time: '9:20' }),
  );
  expect(made).toMatchObject({ ...settings, is_active: true, mappings: [], warnings: [] });
  expect(made['webhook_url']).toMatch(new RegExp(`^${publicUrl}/strategy/webhook/${uuid.source}$`));
  expect(JSON.parse(String(made['alert_body']))).toHaveProperty('position_size');
  expect((await asha.get(`/strategy/${made['id']}`)).body).toMatchObject({ data: settings });

  const list = await asha.get('/strategy/');
  expect(list.body).toMatchObject({ data: [{ id: made['id'], owner: 'user-asha' }] });
  expect(list.text).not.toMatch(uuid);
  expect((await asha.get('/strategy')).text).toBe(list.text);
});

test('the form asks whether others trade there, and takes scope strategy unless they do not', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const form = dataOf<Record<string, unknown>>(await asha.get('/strategy/new'));
  expect(form['question']).toMatch(/does anything else, by hand or by another strategy, trade/i);
  expect(form['platforms']).toEqual(expect.arrayContaining(['chartink', 'gocharting']));
  expect(form['exchanges']).toContainEqual({
    exchange: 'NCO',
    products: ['MIS', 'NRML'],
    open: '09:00',
    close: '23:30',
    squareoff_time: '22:55',
  });
  const scopeFor = async (name: string, answer: object) => {
    const wish = { name, account_id, platform: 'python', trading_mode: 'LONG', ...answer };
    return dataOf<{ position_scope: string }>(await asha.post('/strategy/new', wish))
      .position_scope;
  };
  expect(await scopeFor('Silent', {})).toBe('strategy');
  expect(await scopeFor('Shared', { others_trade_here: true })).toBe('strategy');
  expect(await scopeFor('Alone', { others_trade_here: false })).toBe('account');
  expect(await scopeFor('Told', { others_trade_here: true, position_scope: 'account' })).toBe(
    'account',
  );
});

test('every wrong field is named, in the words that OpenAlgo has for it', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const good = { name: 'Good', account_id, platform: 'tradingview', trading_mode: 'LONG' };
  const day = {
    is_intraday: true,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:10',
  };
  for (const [change, field, words] of [
    [{ name: '' }, 'name', /required/],
    [{ name: 'ab' }, 'name', /between 3 and 50/],
    [{ name: '<script>alert(1)</script>' }, 'name', /only contain letters/],
    [{ trading_mode: null }, 'trading_mode', /Trading mode is required/],
    [{ ...day, start_time: null }, 'start_time', /All time fields are required/],
    [{ ...day, start_time: '25:00' }, 'start_time', /Invalid time format/],
    [{ ...day, start_time: '15:05' }, 'start_time', /Start time must be before end time/],
    [{ ...day, end_time: '15:15' }, 'end_time', /End time must be before square off time/],
    [{ start_time: '09:20' }, 'start_time', /Only intraday/],
    [{ max_quantity: 0 }, 'max_quantity', /above 0/],
    [{ trading_days: [8] }, 'trading_days', /1 \(Monday\) to 7/],
    [{ allowed_sources: ['everywhere'] }, 'allowed_sources', /everywhere/],
  ] as const) {
    const answer = await asha.post('/strategy/new', { ...good, ...change });
    expect([change, answer]).toMatchObject([
      change,
      { status: 400, body: { status: 'error', code: 'invalid_strategy', details: [{ field }] } },
    ]);
    expect(answer.body['error']).toMatch(words);
  }
  for (const [change, field] of [
    [{ platform: 'myspace' }, 'platform'],
    [{ trading_mode: 'SIDEWAYS' }, 'trading_mode'],
    [{ max_orders_per_day: 1.5 }, 'max_orders_per_day'],
    [{ name: 7 }, 'name'],
  ] as const) {
    expect(await asha.post('/strategy/new', { ...good, ...change })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: [{ field }] },
    });
  }
  expect((await asha.get('/strategy')).body).toMatchObject({ data: [] });
});

test('times are held against the hours of the mapped exchanges, and a late square-off is doubtful', async () => {
  await using desk = await openDesk();
  const { asha, account_id } = desk;
  const day = {
    is_intraday: true,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:10',
  };
  const { id } = await strategyBy(asha, { account_id, ...day });
  const late = await asha.post(`/strategy/${id}/edit`, { squareoff_time: '15:45' });
  expect(late.body['error']).toMatch(
    /Square off time is after the market hours of NSE: 09:15 to 15:30/,
  );
  const early = await asha.post(`/strategy/${id}/edit`, { start_time: '09:00' });
  expect(early.body['error']).toMatch(/Start time is before the market hours of NSE/);
  expect((await asha.post(`/strategy/${id}/edit`, { squareoff_time: '15:20' })).body).toMatchObject(
    {
      status: 'success',
      data: { squareoff_time: '15:20', warnings: [{ field: 'squareoff_time' }] },
    },
  );
});
