import { deleteStrategy } from '@orderlane/db/strategies';
import { expect, test } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';

test.each([
  [['stop', '--account', 'nobody'], 'unknown_account'],
  [['stop', '--strategy', 'nothing'], 'unknown_strategy'],
  [['resume', '--account', 'nobody'], 'unknown_account'],
  [['resume', '--account', 'main'], 'not_stopped'],
  [['resume', '--everything', '--yes'], 'not_stopped'],
  [['stop', '--everything'], 'confirmation_missing'],
])('%j is refused with %s and changes nothing', async (args, code) => {
  await using cli = await openHereCli();
  await makeAccount(cli.parts.db, { name: 'main' });
  const { code: exitCode, stdout, stderr } = await cli.run(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^error ${code}: [^\n]+\n$`));
  for (const table of ['brakes', 'audit_log', 'alerts'] as const) {
    expect(await cli.parts.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

test('a slip is wrong use, and stops nothing', async () => {
  await using cli = await openHereCli();
  for (const args of [
    ['stop'],
    ['resume'],
    ['stop', '--everything', '--account', 'main', '--yes'],
    ['stop', '--everything', '--halt', '--flatten', '--yes'],
    ['stop', '--everything', '--entries-only', '--halt', '--yes'],
    ['stop', 'everything'],
  ]) {
    const { code, stdout, stderr } = await cli.run(args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toMatch(/^error usage: [^\n]+\n$/);
  }
  expect(await cli.parts.db.selectFrom('brakes').selectAll().execute()).toEqual([]);
});

test('the brake of a deleted strategy is listed and can be released, by name or number', async () => {
  await using cli = await openHereCli();
  const { db } = cli.parts;
  const account_id = await makeAccount(db, { name: 'main' });
  for (const release of ['Demo', 'number']) {
    const id = await makeStrategy(db, { account_id, name: 'Demo' });
    await cli.json(['stop', '--strategy', 'Demo', '--halt']);
    await deleteStrategy(db, id);
    expect(await cli.json(['brakes'])).toMatchObject([{ target: 'strategy "Demo" (deleted)', id }]);
    await cli.json(['resume', '--strategy', release === 'number' ? String(id) : release]);
    expect(await cli.json(['brakes'])).toEqual([]);
  }
});
