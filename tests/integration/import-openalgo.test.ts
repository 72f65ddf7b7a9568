import { findStrategyByWebhook } from '@orderlane/db/strategies';
import { brandIds } from '@orderlane/domain/ids';
import { expect, test } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { openImport } from '../support/import-openalgo.ts';
import { webhookOf } from '../support/openalgo-db.ts';
import { readTables } from '../support/table-contents.ts';

test('without --apply it says what it would do, and changes nothing', async () => {
  await using moving = await openImport();
  const before = await readTables(moving.db);
  const report = await moving.report();
  expect(report.applied).toBe(false);
  expect(report.strategies.map(({ name, state, mappings }) => [name, state, mappings])).toEqual([
    ['tradingview_strategy 1', 'new', 2],
    ['tradingview_strategy 2', 'new', 1],
    [null, 'refused', 0],
    [null, 'refused', 0],
    ['b x b', 'new', 0],
    ['tradingview_strategy 1 2', 'new', 0],
    ['tradingview_strategy 7', 'new', 1],
    ['Short term breakouts', 'new', 1],
    [null, 'refused', 0],
  ]);
  expect(await readTables(moving.db)).toBe(before);
  expect(await moving.db.selectFrom('audit_log').selectAll().execute()).toEqual([]);
});

test('what was fixed and what was refused is said of each', async () => {
  await using moving = await openImport();
  const { strategies, orphaned_mappings } = await moving.report();
  const [first, second, third, fourth, fifth, sixth, seventh, , ninth] = strategies;
  expect(first).toMatchObject({
    fixed: [],
    refused: [
      'mapping SBIN: it is there twice, the first one counts',
      'mapping NIFTY: Invalid exchange: NSE_INDEX',
    ],
  });
  expect(second?.fixed).toEqual([
    expect.stringContaining('square-off 15:20 becomes 15:10'),
    expect.stringContaining('last entry 15:15 becomes 15:09'),
  ]);
  expect(third?.refused).toEqual(['Start time must be before end time']);
  expect(fourth?.refused).toEqual(['its webhook id is no UUID']);
  expect(fifth?.fixed).toEqual([
    'its name becomes "b x b"',
    'its platform "zapier" becomes "others"',
    expect.stringContaining('its times are left out'),
  ]);
  expect(fifth?.refused).toEqual(['mapping SBIN: Quantity must be greater than 0']);
  expect(sixth?.refused).toEqual([expect.stringContaining('mapping TCS: CNC knows no shorts')]);
  expect(seventh?.fixed).toEqual(['it has no trading mode: LONG, as OpenAlgo takes it']);
  expect(ninth?.refused).toEqual(['its webhook id is that of another strategy in the file']);
  expect(orphaned_mappings).toBe(1);
});

test('with --apply it is done: webhooks kept, everything inactive, scope account, written down', async () => {
  await using moving = await openImport();
  const { db } = moving;
  await makeAccount(db, { name: 'main' });
  const report = await moving.report('--apply');
  expect(report.applied).toBe(true);
  const made = await db.selectFrom('strategies').selectAll().orderBy('id').execute();
  expect(made.map(({ webhook_id }) => webhook_id)).toEqual([1, 2, 5, 6, 7, 20].map(webhookOf));
  for (const strategy of made) {
    expect(strategy).toMatchObject({ is_active: false, position_scope: 'account', account_id: 1 });
  }
  const webhook = (number: number) => brandIds.webhook(webhookOf(number));
  expect(await findStrategyByWebhook(db, webhook(2))).toMatchObject({
    squareoffTime: '15:10',
    endTime: '15:09',
    mappings: [{ signalSymbol: 'SBIN', exchange: 'NSE', product: 'CNC', quantity: 10 }],
  });
  expect(await findStrategyByWebhook(db, webhook(20))).toMatchObject({
    platform: 'chartink',
    tradingMode: null,
    mappings: [{ signalSymbol: 'WIPRO', quantity: 3 }],
  });
  const audit = await db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  expect(audit.map(({ what }) => what)).toEqual(made.map(() => 'strategy.import'));
  expect(audit[0]).toMatchObject({
    subject: 'strategy 1',
    after: { name: 'tradingview_strategy 1', from: 'OpenAlgo strategies 1' },
  });
  expect(JSON.stringify(audit)).not.toContain(webhookOf(1));
});

test('again it makes nothing, and says what is not as in OpenAlgo any more', async () => {
  await using moving = await openImport();
  const { db } = moving;
  await makeAccount(db, { name: 'main' });
  await moving.report('--apply');
  await moving.cli.json([
    'mapping',
    'add',
    'tradingview_strategy 7',
    'TCS',
    '--exchange',
    'NSE',
    '--product',
    'MIS',
    '--quantity',
    '1',
  ]);
  const before = await readTables(db);
  const again = await moving.report('--apply');
  expect(await readTables(db)).toBe(before);
  expect(
    again.strategies.map(({ state, differs, strategy_id }) => [state, differs, strategy_id]),
  ).toEqual([
    ['present', false, 1],
    ['present', false, 2],
    ['refused', false, null],
    ['refused', false, null],
    ['present', false, 3],
    ['present', false, 4],
    ['present', true, 5],
    ['present', false, 6],
    ['refused', false, null],
  ]);
});

test('a strategy that was deleted here is made again, with its webhook', async () => {
  await using moving = await openImport();
  const { db } = moving;
  await makeAccount(db, { name: 'main' });
  await moving.report('--apply');
  await moving.cli.json(['strategy', 'delete', 'tradingview_strategy 1']);
  const again = await moving.report('--apply');
  expect(again.strategies[0]).toMatchObject({ state: 'new', strategy_id: 7 });
  expect(await findStrategyByWebhook(db, brandIds.webhook(webhookOf(1)))).toMatchObject({ id: 7 });
});
