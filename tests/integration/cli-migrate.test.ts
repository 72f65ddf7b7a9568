import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
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
  expect(first).toEqual({
    applied: expect.arrayContaining([expect.stringContaining('0001')]),
    newer: [],
  });
  expect(await cli.json(['migrate'])).toEqual({ applied: [], newer: [] });
  expect((await cli.run(['migrate'])).stdout).toBe('The database is up to date\n');
  expect(await cli.json(['account', 'list'])).toEqual([]);
});

test('the programs of the version before leave the schema of a newer one as it is', async () => {
  const change = async (statement: string) => {
    const client = new Client({ connectionString: withDatabase(adminUrl, name) });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await change("insert into kysely_migration values ('9999-future', now())");
  expect(await cli.json(['migrate'])).toEqual({ applied: [], newer: ['9999-future'] });
  const told = await cli.run(['migrate']);
  expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/newer.*left as it is/) });
  expect(await cli.json(['account', 'list'])).toEqual([]);

  await change("delete from kysely_migration where name like '0001%'");
  expect(await cli.run(['migrate'])).toMatchObject({ code: 1 });
});
