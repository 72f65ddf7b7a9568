import { verifyAudit } from '@orderlane/db/verify-audit';
import { expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { makeAccount } from '../support/factories.ts';

test('commands that run at the same time in processes of their own write one chain', async () => {
  await using cli = await startCli();
  const names = ['first', 'second', 'third', 'fourth'];
  for (const name of names) await makeAccount(cli.parts.db, { name });

  const ends = await Promise.all(
    names.map(async (name) => await cli.run(['account', 'pause', name])),
  );

  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(await verifyAudit(cli.parts.db)).toMatchObject({ rows: 4, head: { seq: 4 }, flaws: [] });
});
