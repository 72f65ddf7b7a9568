import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openConsole } from '../support/here-console.ts';

/** What the library would still have to make, by its own account. */
async function missing(options: unknown): Promise<unknown> {
  const { resolve } = createRequire(new URL('../../services/console/src/app.ts', import.meta.url));
  const file = resolve('better-auth/db/migration');
  const { getMigrations } = (await import(pathToFileURL(file).href)) as {
    getMigrations(options: unknown): Promise<{ toBeCreated: unknown; toBeAdded: unknown }>;
  };
  const { toBeCreated, toBeAdded } = await getMigrations(options);
  return { toBeCreated, toBeAdded };
}

test('the sign-in library misses no table and no column', async () => {
  await using console = await openConsole();
  const { options } = console.deps.auths.plain;
  expect(await missing(options)).toEqual({ toBeCreated: [], toBeAdded: [] });
  await console.db.schema.alterTable('two_factors').dropColumn('locked_until').execute();
  expect(await missing(options)).toMatchObject({ toBeAdded: [{ table: 'two_factors' }] });
});
