import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { sendOrder } from '../support/positions.ts';

let holder: Holder;

const day = { is_intraday: true, start_time: '09:20', end_time: '14:00', squareoff_time: '15:10' };

// It is 10:00 on a Tuesday, 10 SBIN are held, and no process runs.
beforeEach(async () => {
  holder = await openHolder(day);
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const previews = async (...args: string[]) =>
  (await holder.cli.json(['square-off', 'preview', ...args])) as unknown[];
const preview = async () => (await previews('Holder'))[0] as Record<string, unknown>;
const text = async () => (await holder.cli.run(['square-off', 'preview', 'Holder'])).stdout;
const change = async (...args: string[]) =>
  await holder.cli.json(['strategy', 'edit', 'Holder', ...args]);

it('says when, by which rule, what is closed and why', async () => {
  await sendOrder(
    holder.seed.db,
    await storeOrder(holder.seed, {
      instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' },
    }),
  );
  expect(await preview()).toMatchObject({
    strategy: 'Holder',
    square_off: {
      session_date: '2026-02-10',
      due_at: '2026-02-10T15:10:00+05:30',
      closes_at: '2026-02-10T15:30:00+05:30',
      rule: 'set_time',
    },
    exits: [
      { symbol: 'INFY', action: 'SELL', quantity: 0, own: 0, coming: 10, why: 'held' },
      { symbol: 'SBIN', action: 'SELL', quantity: 10, own: 10, coming: 0, held_until: null },
    ],
    also_if_open: [],
    last: null,
  });
  const said = await text();
  expect(said).toContain(
    'Square-off of "Holder" on 2026-02-10 at 15:10 (as it is set), until 15:30',
  );
  expect(said).toMatch(/NSE:SBIN:MIS +main +10 +0 +SELL 10 +held/);
});

it('names what stands in the way, with its cure', async () => {
  await holder.cli.json(['account', 'pause', 'main', '--reason', 'news']);
  expect((await preview())['obstacles']).toEqual([
    {
      code: 'account_paused',
      account_id: holder.accountId,
      text: expect.stringContaining('is paused'),
      cure: expect.stringContaining('Resume'),
    },
    expect.objectContaining({ code: 'lane_unserved' }),
  ]);
  expect(await text()).toMatch(/In the way:\n {2}account_paused: Account "main" is paused/);
});

it('scope account: what it traded, and what is mapped if the account shows it open', async () => {
  await change('--position-scope', 'account');
  expect(await preview()).toMatchObject({
    exits: [{ symbol: 'SBIN', lane: 'smart', quantity: null }],
    also_if_open: [{ exchange: 'NSE', symbol: 'INFY', product: 'MIS' }],
  });
  expect(await text()).toContain('Closed as well if the account shows them open: NSE:INFY:MIS');
});

describe('the rule', () => {
  it('of a short session is its distance from the close', async () => {
    await holder.cli.json(['calendar', 'add', '2026-02-10', 'NSE', '09:15-12:00']);
    expect(await preview()).toMatchObject({
      square_off: { due_at: '2026-02-10T11:40:00+05:30', rule: 'short_session' },
    });
    expect(await text()).toContain('its time 15:10 comes after the close of a short session');
  });

  it('of a holiday is the next day', async () => {
    await holder.cli.json(['calendar', 'add', '2026-02-10', 'NSE', 'closed']);
    expect(await preview()).toMatchObject({ square_off: { session_date: '2026-02-11' } });
  });

  it('of a positional strategy is none', async () => {
    await change('--positional');
    expect(await preview()).toMatchObject({ is_intraday: false, square_off: null, exits: [] });
    expect(await text()).toContain('is positional: it is never squared off');
    expect(await previews()).toEqual([]);
  });
});

it('shows the last one that began', async () => {
  const row = { strategyId: holder.strategyId, sessionDate: '2026-02-09', dueTime: '15:10' };
  await openSquareOffs(holder.seed.db, [{ ...row, status: 'missed', detail: 'x' }]);
  expect(await preview()).toMatchObject({
    last: { session_date: '2026-02-09', status: 'missed', exits: 0 },
  });
});

it('nothing held is said so, and all intraday strategies are shown where none is named', async () => {
  await holder.cli.json([
    ...[
      'strategy',
      'create',
      'Flat',
      '--mode',
      'LONG',
      '--position-scope',
      'strategy',
      '--intraday',
    ],
    ...['--start', '09:20', '--end', '14:00', '--squareoff', '15:00'],
  ]);
  await holder.cli.json([
    ...['mapping', 'add', 'Flat', 'TCS', '--exchange', 'NSE', '--product', 'MIS'],
    ...['--quantity', '1'],
  ]);
  expect(await previews()).toMatchObject([{ strategy: 'Holder' }, { strategy: 'Flat', exits: [] }]);
  const { stdout } = await holder.cli.run(['square-off', 'preview', 'Flat']);
  expect(stdout).toContain('Nothing to close as things are now');
});

it('changes nothing, and knows no strategy that is not there', async () => {
  await preview();
  expect(await holder.queued()).toEqual([]);
  const { code, stderr } = await holder.cli.run(['square-off', 'preview', 'Nobody']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error unknown_strategy/);
});
