import { expect, test } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';

async function startTrading() {
  const cli = await openHereCli();
  const account_id = await makeAccount(cli.parts.db, { name: 'main' });
  await makeStrategy(cli.parts.db, { account_id, name: 'Demo' });
  return cli;
}

test('who stopped and released what is in the audit log, and each is told', async () => {
  await using cli = await startTrading();
  const { db } = cli.parts;
  await cli.json(['stop', '--account', 'main', '--halt', '--reason', 'fat finger']);
  await cli.json(['stop', '--account', 'main']);
  await cli.json(['resume', '--account', 'main']);
  await cli.json(['stop', '--account', 'main', '--halt']);

  const audit = await db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  expect(audit).toMatchObject([
    {
      what: 'brake.set',
      subject: 'account "main"',
      before: null,
      after: { brake: 'halt', reason: 'fat finger' },
    },
    {
      what: 'brake.release',
      subject: 'account "main"',
      before: { brake: 'halt', reason: 'fat finger' },
    },
    { what: 'brake.set', after: { brake: 'halt', reason: null } },
  ]);
  expect(audit[0]?.who).toMatch(/^cli:/);
  const alerts = await db.selectFrom('alerts').selectAll().orderBy('id').execute();
  expect(alerts).toMatchObject([
    { code: 'halted', account_id: 1, count: 1, text: expect.stringContaining('fat finger') },
    { code: 'brake_released', account_id: 1, count: 1 },
    { code: 'halted', account_id: 1, count: 1 },
  ]);
});

test('a pause of an account is told, and its end; a second pause is nothing new', async () => {
  await using cli = await startTrading();
  for (const word of ['pause', 'pause', 'resume', 'resume']) {
    await cli.json(['account', word, 'main']);
  }
  const alerts = await cli.parts.db.selectFrom('alerts').selectAll().orderBy('id').execute();
  expect(alerts).toMatchObject([
    { code: 'account_paused', account_id: 1, text: expect.stringContaining('Account "main"') },
    { code: 'brake_released', account_id: 1 },
  ]);
});
