import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { makeAccount } from '../support/factories.ts';

const publicUrl = 'https://trade.example.com';
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

let cli: Awaited<ReturnType<typeof startCli>>;

beforeAll(async () => {
  cli = await startCli({ PUBLIC_URL: `${publicUrl}/`, TRADING_CLOCK: '2026-10-05T09:20:00+05:30' });
  await makeAccount(cli.parts.db, { name: 'main' });
});
afterAll(async () => await cli[Symbol.asyncDispose]());

const create = async (...args: string[]) => await cli.run(['strategy', 'create', ...args]);

test('a new strategy shows the address and the message to paste', async () => {
  const { code, stdout } = await create('Breakout', '--mode', 'long');

  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(new RegExp(`^${publicUrl}/strategy/webhook/${uuid.source}$`)),
  );
  const body = lines.find((line) => line.startsWith('{'));
  expect(JSON.parse(body ?? '')).toMatchObject({
    symbol: '{{ticker}}',
    action: '{{strategy.order.action}}',
  });
  expect(await cli.json(['strategy', 'show', 'Breakout'])).toMatchObject({
    account: 'main',
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_active: true,
    is_intraday: false,
    position_scope: 'account',
    duplicate_window_ms: 30_000,
    webhook_url: expect.stringContaining(publicUrl),
    mappings: [],
  });
});

test('every option is kept', async () => {
  await create(
    ...['Intraday', '--platform', 'amibroker', '--mode', 'BOTH', '--account', 'main'],
    ...['--intraday', '--start', '9:20', '--end', '14:30', '--squareoff', '15:10'],
    ...['--position-scope', 'account', '--duplicate-window', '10 seconds'],
    ...['--entry-max-age', '2 minutes', '--max-quantity', '500', '--max-entries', '3'],
    ...['--max-orders-per-day', '40'],
  );
  expect(await cli.json(['strategy', 'show', 'Intraday'])).toMatchObject({
    platform: 'amibroker',
    trading_mode: 'BOTH',
    is_intraday: true,
    start_time: '09:20',
    end_time: '14:30',
    squareoff_time: '15:10',
    position_scope: 'account',
    duplicate_window_ms: 10_000,
    entry_max_age_ms: 120_000,
    max_quantity: 500,
    max_entries: 3,
    max_orders_per_day: 40,
  });
});

test('a ChartInk strategy has the other path and no message', async () => {
  await create('Scanner', '--platform', 'chartink', '--chartink-action', 'buy');
  expect(await cli.json(['strategy', 'show', 'Scanner'])).toMatchObject({
    chartink_action: 'BUY',
    trading_mode: null,
    alert_body: null,
    webhook_url: expect.stringContaining(`${publicUrl}/chartink/webhook/`),
  });
});

test.each([
  ['without a mode', ['Nameless'], { code: 'invalid_strategy', text: /Trading mode is required/ }],
  [
    'with too short a name',
    ['ab', '--mode', 'LONG'],
    { code: 'invalid_strategy', text: /between 3 and 50/ },
  ],
  [
    'intraday without times',
    ['Day', '--mode', 'LONG', '--intraday'],
    { code: 'invalid_strategy', text: /time/ },
  ],
  [
    'with a name in use',
    ['Breakout', '--mode', 'LONG'],
    { code: 'strategy_exists', text: /Breakout/ },
  ],
  [
    'on no such account',
    ['Other', '--mode', 'LONG', '--account', 'x'],
    { code: 'unknown_account', text: /"x"/ },
  ],
])('a strategy %s is refused', async (_name, args, { code, text }) => {
  const { code: exitCode, stderr } = await cli.run(['strategy', 'create', ...args]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(new RegExp(`^error ${code}: [^\n]+\n$`));
  expect(stderr).toMatch(text);
});

test('off and on again', async () => {
  expect(await cli.json(['strategy', 'toggle', 'Breakout'])).toMatchObject({ is_active: false });
  expect(await cli.json(['strategy', 'toggle', 'Breakout', '--off'])).toMatchObject({
    is_active: false,
  });
  expect((await cli.run(['strategy', 'list'])).stdout).toMatch(/Breakout.* no\b/);
  expect(await cli.json(['strategy', 'toggle', 'Breakout'])).toMatchObject({ is_active: true });
});

test('the list does not give the webhooks away', async () => {
  const { stdout } = await cli.run(['strategy', 'list', '--json']);
  expect(JSON.parse(stdout)).toHaveLength(3);
  expect(stdout).not.toMatch(uuid);
});

test('a deleted strategy is gone and its name is free', async () => {
  await cli.json(['strategy', 'delete', 'Scanner']);
  expect((await cli.run(['strategy', 'show', 'Scanner'])).stderr).toMatch(
    /^error unknown_strategy/,
  );
  expect((await create('Scanner', '--platform', 'chartink')).code).toBe(0);
});
