import { insertMapping } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { makeAccount, makeStrategy, storeOrder } from '../support/factories.ts';

/** A strategy that maps SBIN and has bought it. */
async function startHolding() {
  const cli = await startCli();
  const { db } = cli.parts;
  const accountId = await makeAccount(db);
  const strategyId = await makeStrategy(db, { account_id: accountId, name: 'Holder' });
  await storeOrder({ db, accountId, strategyId });
  for (const symbol of ['SBIN', 'INFY']) {
    const instrument = { symbol, exchange: 'NSE', product: 'MIS' } as const;
    await insertMapping(db, { strategyId, signalSymbol: symbol, quantity: 1, ...instrument });
  }
  await sql`update orders set status = 'superseded'`.execute(db);
  await sql`insert into positions (strategy_instrument_id, mode, own)
    select id, 'live', 10 from strategy_instruments`.execute(db);
  return cli;
}

test('what is held is not forgotten by a slip', async () => {
  await using cli = await startHolding();

  for (const args of [
    ['strategy', 'delete', 'Holder'],
    ['mapping', 'delete', 'Holder', 'SBIN'],
  ]) {
    const { code, stderr } = await cli.run(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error holds_position: .*NSE:SBIN MIS 10.*--forget/);
  }
  expect((await cli.run(['mapping', 'delete', 'Holder', 'INFY'])).code).toBe(0);
});

test('turning off always works, and says what stays open', async () => {
  await using cli = await startHolding();

  const { code, stdout } = await cli.run(['strategy', 'toggle', 'Holder', '--off']);

  expect(code).toBe(0);
  expect(stdout).toContain('Still open: NSE:SBIN MIS 10');
});

test('--forget is taken at its word and written down', async () => {
  await using cli = await startHolding();

  await cli.json(['mapping', 'delete', 'Holder', 'SBIN', '--forget']);
  await cli.json(['strategy', 'delete', 'Holder', '--forget']);

  const entries = await cli.parts.db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  expect(entries).toMatchObject([
    { what: 'mapping.delete', before: { held: [{ symbol: 'SBIN', own: 10 }] } },
    { what: 'strategy.delete', before: { held: [{ symbol: 'SBIN', own: 10 }] } },
  ]);
  expect(entries[0]?.who).toMatch(/^cli:/);
});
