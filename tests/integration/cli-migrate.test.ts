import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { createDatabase, dropDatabase, withDatabase } from '../support/database-admin.ts';

const { adminUrl } = inject('sharedParts');
const name = `orderlane_test_cli_${randomUUID().slice(0, 8)}`;
const cli = commandLine({ DATABASE_URL: withDatabase(adminUrl, name) });

afterAll(async () => await dropDatabase(adminUrl, name));

test('an empty database is told apart, migrated once, and then up to date', async () => {
  await createDatabase(adminUrl, { name });
  const early = await cli.run(['account', 'list']);
  expect(early).toMatchObject({ code: 1, stdout: '' });
  expect(early.stderr).toMatch(/^error not_migrated: .*migrate.*\n$/);

  const first = await cli.json(['migrate']);
  expect(first).toEqual({ applied: expect.arrayContaining([expect.stringContaining('0001')]) });
  expect(await cli.json(['migrate'])).toEqual({ applied: [] });
  expect((await cli.run(['migrate'])).stdout).toBe('The database is up to date\n');
  expect(await cli.json(['account', 'list'])).toEqual([]);
});
