import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { makeAccount, makeStrategy } from '../support/factories.ts';

let cli: Awaited<ReturnType<typeof startCli>>;

beforeAll(async () => {
  cli = await startCli({ TRADING_CLOCK: '2026-10-05T09:20:00+05:30' });
  const accountId = await makeAccount(cli.parts.db, { name: 'main' });
  const values = { account_id: accountId };
  await makeStrategy(cli.parts.db, { ...values, name: 'Long' });
  await makeStrategy(cli.parts.db, { ...values, name: 'Short', trading_mode: 'SHORT' });
});
afterAll(async () => await cli[Symbol.asyncDispose]());

const nse = ['--exchange', 'NSE', '--product', 'MIS'];

test('a mapping is added, shown and deleted', async () => {
  const added = await cli.json(['mapping', 'add', 'Long', 'nse:sbin', ...nse, '--symbol', 'SBIN']);
  expect(added).toMatchObject({
    added: [{ signal_symbol: 'NSE:SBIN', symbol: 'SBIN', exchange: 'NSE', quantity: null }],
  });
  await cli.json(['mapping', 'add', 'Long', 'INFY', ...nse, '--quantity', '10']);
  const { stdout } = await cli.run(['mapping', 'list', 'Long']);
  expect(stdout).toMatch(/NSE:SBIN +SBIN +NSE +MIS +signal's/);
  expect(stdout).toMatch(/INFY +INFY +NSE +MIS +10/);

  await cli.json(['mapping', 'delete', 'Long', 'nse:sbin']);
  expect(await cli.json(['mapping', 'list', 'Long'])).toMatchObject([{ signal_symbol: 'INFY' }]);
});

test.each([
  ['twice', ['Long', 'INFY', ...nse], 'mapping_exists'],
  ['on no exchange', ['Long', 'TCS', '--exchange', 'NYSE', '--product', 'MIS'], 'invalid_mapping'],
  ['of no quantity', ['Long', 'TCS', ...nse, '--quantity', '1.5'], 'invalid_mapping'],
  ['of none', ['Long', 'TCS', ...nse, '--quantity', '0'], 'invalid_mapping'],
  [
    'that a SHORT strategy cannot trade',
    ['Short', 'TCS', '--exchange', 'NSE', '--product', 'CNC'],
    'invalid_strategy',
  ],
  ['that another strategy trades', ['Short', 'INFY', ...nse], 'position_shared'],
  ['of no strategy', ['None', 'TCS', ...nse], 'unknown_strategy'],
])('a mapping %s is refused', async (_name, args, code) => {
  const { code: exitCode, stderr } = await cli.run(['mapping', 'add', ...args]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(new RegExp(`^error ${code}: [^\n]+\n$`));
});

test('nothing of what was refused is stored', async () => {
  expect(await cli.json(['mapping', 'list', 'Short'])).toEqual([]);
  expect(await cli.json(['mapping', 'list', 'Long'])).toHaveLength(1);
});

test('a file is imported whole or not at all', async () => {
  const good = 'SBIN,NSE,10,MIS\nNIFTY28OCT26FUT,NFO,65,NRML\n';
  const bad = await cli.run(['mapping', 'import', 'Long', '-'], `${good}INFY,NSE,5,MIS\n`);
  expect(bad.stderr).toMatch(/^error invalid_mapping: line 3: .* already has a mapping/);
  expect(await cli.json(['mapping', 'list', 'Long'])).toHaveLength(1);

  const imported = await cli.run(['mapping', 'import', 'Long', '-'], good);
  expect(imported.stdout).toBe('Added 2 mappings\n');
  expect(await cli.json(['mapping', 'list', 'Long'])).toHaveLength(3);
  expect((await cli.run(['mapping', 'import', 'Long', 'no-such.csv'])).stderr).toMatch(
    /^error unreadable_file: /,
  );
});

test('turning on a strategy that meanwhile shares a position is refused', async () => {
  await cli.json(['strategy', 'toggle', 'Long', '--off']);
  await cli.json(['mapping', 'add', 'Short', 'INFY', ...nse]);
  const { stderr } = await cli.run(['strategy', 'toggle', 'Long', '--on']);
  expect(stderr).toMatch(/^error position_shared: /);
  expect(await cli.json(['strategy', 'show', 'Long'])).toMatchObject({ is_active: false });
});
