import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';

let holder: Holder;

const day = { is_intraday: true, start_time: '09:20', end_time: '09:40', squareoff_time: '15:10' };

// It is 10:00 on the trading clock, and 10 SBIN are held.
beforeEach(async () => {
  holder = await openHolder(day);
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const edit = async (...args: string[]) =>
  await holder.cli.json(['strategy', 'edit', 'Holder', ...args]);
const refusal = async (...args: string[]) =>
  (await holder.cli.run(['strategy', 'edit', 'Holder', ...args])).stderr;
const show = async () => await holder.cli.json(['strategy', 'show', 'Holder']);
const squareOffs = async () =>
  await holder.seed.db.selectFrom('square_offs').select(['due_time', 'status']).execute();

it('changes what is named, and nothing else', async () => {
  const before = (await show()) as object;
  await edit('--max-entries', '2', '--entry-max-age', '2 minutes', '--trading-days', 'Mon,Tue');
  const limits = { max_entries: 2, entry_max_age_ms: 120_000, trading_days: [1, 2] };
  expect(await show()).toEqual({ ...before, ...limits });

  await edit('--max-entries', 'none', '--entry-max-age', 'none', '--trading-days', 'None');
  const none = { max_entries: null, entry_max_age_ms: null, trading_days: null };
  expect(await show()).toEqual({ ...before, ...none });
});

it.each([
  ['--name', 'Other', { name: 'Other' }],
  ['--platform', 'python', { platform: 'python' }],
  ['--squareoff', '15:12', { squareoff_time: '15:12' }],
  ['--start', '9:25', { start_time: '09:25' }],
  ['--end', '9:50', { end_time: '09:50' }],
  ['--duplicate-window', '10 seconds', { duplicate_window_ms: 10_000 }],
  ['--max-quantity', '500', { max_quantity: 500 }],
  ['--max-orders-per-day', '40', { max_orders_per_day: 40 }],
  ['--allowed-sources', '10.0.0.1, 10.1.0.0/16', { allowed_sources: ['10.0.0.1', '10.1.0.0/16'] }],
])('%s %s', async (option, value, changed) => {
  const before = (await holder.cli.json(['strategy', 'show', String(holder.strategyId)])) as object;
  const named = holder.strategyId.toString();
  await holder.cli.json(['strategy', 'edit', named, option, value]);
  expect(await holder.cli.json(['strategy', 'show', named])).toMatchObject({
    ...before,
    webhook_url: expect.any(String),
    alert_body: expect.anything(),
    ...changed,
  });
});

it('--once-a-day and its opposite', async () => {
  await edit('--once-a-day');
  expect(await show()).toMatchObject({ once_a_day: true });
  await edit('--no-once-a-day');
  expect(await show()).toMatchObject({ once_a_day: false });
});

it('--positional takes the times away', async () => {
  await edit('--positional');
  const none = { is_intraday: false, start_time: null, end_time: null, squareoff_time: null };
  expect(await show()).toMatchObject(none);
});

it('what cannot be is refused, and nothing is changed', async () => {
  await holder.cli.json(['strategy', 'create', 'Other', '--mode', 'LONG']);
  const before = await show();
  expect(await refusal('--end', '15:11')).toMatch(/^error invalid_strategy: /);
  expect(await refusal('--name', 'Other')).toMatch(/^error strategy_exists: .*"Other"/);
  expect(await refusal('--account', 'nobody')).toMatch(/^error unknown_account: /);
  expect(await refusal('--max-entries', '0', '--name', 'Third')).toMatch(/whole number/);
  expect(await refusal('--intraday', '--positional')).toMatch(/cannot be used with/);
  expect(await show()).toEqual(before);
});

describe('what is held', () => {
  it('stays reached by exits on the account that built it', async () => {
    await makeAccount(holder.seed.db, { name: 'second' });
    expect(await edit('--account', 'second')).toMatchObject({
      account: 'second',
      choice: 'keep',
      held: [{ symbol: 'SBIN', own: 10, account_id: holder.accountId }],
    });
    expect(await holder.kept()).toEqual(['SBIN']);
    await holder.post({ symbol: 'SBIN', action: 'SELL' });
    const orders = holder.seed.db.selectFrom('orders').select(['account_id', 'quantity']);
    expect(await orders.where('status', '=', 'queued').execute()).toEqual([
      { account_id: holder.accountId, quantity: 10 },
    ]);
  });

  it('is closed with --close-now', async () => {
    expect(await edit('--mode', 'SHORT', '--close-now')).toMatchObject({
      trading_mode: 'SHORT',
      closings: [{ symbol: 'SBIN', action: 'SELL', quantity: 10 }],
    });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
  });

  it('is let go with --forget', async () => {
    expect(await edit('--mode', 'SHORT', '--forget')).toMatchObject({ choice: 'forget' });
    expect(await holder.owned()).toEqual({ SBIN: 0 });
  });
});

describe('a square-off time that has passed today', () => {
  const passed = ['--end', '09:30', '--squareoff', '09:45'];

  it('is refused without a word on it', async () => {
    expect(await refusal(...passed)).toMatch(/^error squareoff_passed: 09:45 has passed/);
    expect(await show()).toMatchObject(day);
  });

  it('--yes squares off now', async () => {
    expect(await edit(...passed, '--yes')).toMatchObject({ squares_off_now: true });
    expect(await squareOffs()).toEqual([{ due_time: '09:45', status: 'working' }]);
  });

  it('--next-session leaves today alone', async () => {
    expect(await edit(...passed, '--next-session')).toMatchObject({
      squares_off_now: false,
      squareoff_time: '09:45',
    });
    expect(await squareOffs()).toEqual([]);
  });
});
