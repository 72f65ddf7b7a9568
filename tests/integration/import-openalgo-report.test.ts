import { rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { openImport } from '../support/import-openalgo.ts';
import { openAlgoMapping, openAlgoStrategy, webhookOf } from '../support/openalgo-db.ts';

test('what could not be active together is told before it is switched on', async () => {
  await using moving = await openImport({
    strategies: [openAlgoStrategy(1), openAlgoStrategy(2)],
    mappings: [openAlgoMapping(1), openAlgoMapping(2)],
  });
  await makeAccount(moving.db, { name: 'main' });
  const { cannot_both_be_active } = await moving.report();
  expect(cannot_both_be_active).toEqual([
    expect.stringMatching(/^"tradingview_strategy 2": .*"tradingview_strategy 1" also trades SBIN/),
  ]);
});

test('scans whose names mean something else are told, of the file and of a list', async () => {
  await using moving = await openImport();
  const scans = `${moving.folder}/scans.txt`;
  await writeFile(scans, 'BUY - RSI oversold\r\n\nBuyback SELL\n');
  expect((await moving.report('--scans', scans)).scan_changes).toEqual([
    { name: 'Short term breakouts', openalgo: 'SHORT', here: 'no_action_keyword' },
    { name: 'Buyback SELL', openalgo: 'BUY', here: 'ambiguous_action' },
  ]);
});

test('the report for people ends with the steps of the switch-over', async () => {
  await using moving = await openImport();
  await makeAccount(moving.db, { name: 'main' });
  const { code, stdout } = await moving.run('--apply');
  expect(code).toBe(0);
  expect(stdout).toContain('6 strategies made, inactive');
  expect(stdout).toContain('  "tradingview_strategy 2" (2): square-off 15:20 becomes 15:10');
  expect(stdout).toContain(
    '  "Short term breakouts": SHORT at OpenAlgo, refused (no_action_keyword) here',
  );
  const steps = stdout.slice(stdout.indexOf('To switch over:'));
  expect(steps).toMatch(
    /close of every market[\s\S]*off in OpenAlgo[\s\S]*https:\/\/orderlane\.example\.com[\s\S]*--on/,
  );
  expect(steps).toContain('strategy toggle "tradingview_strategy 1" --on');
  expect(steps).not.toContain('strategy toggle "tradingview_strategy 2" --on');
  expect(stdout).not.toContain(webhookOf(1));
});

test('without an account nothing can be applied; several must be chosen from', async () => {
  await using moving = await openImport();
  expect((await moving.run('--apply')).stderr).toMatch(/^error no_account: /);
  await makeAccount(moving.db, { name: 'first' });
  await makeAccount(moving.db, { name: 'second' });
  expect((await moving.run('--apply')).stderr).toMatch(/^error which_account: /);
  await moving.report('--apply', '--account', 'second');
  const made = await moving.db.selectFrom('strategies').select('account_id').distinct().execute();
  expect(made).toEqual([{ account_id: 2 }]);
});

test('an older OpenAlgo, with fewer tables and columns, is understood', async () => {
  await using moving = await openImport();
  await rm(moving.file);
  const db = new DatabaseSync(moving.file);
  db.exec(`create table strategies (id integer primary key, name text, webhook_id text, platform text, mode text,
      is_intraday boolean, start_time text, end_time text, squareoff_time text);
    insert into strategies values (1, 'old one', '${webhookOf(1)}', 'AMIBroker', 'SHORT', 1, '09:20', '15:00', '15:10')`);
  db.close();
  expect((await moving.report()).strategies).toMatchObject([
    { name: 'old one', state: 'new', was_active: true, fixed: [], refused: [] },
  ]);
});
