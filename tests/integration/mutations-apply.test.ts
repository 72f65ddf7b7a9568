import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { mutations } from '../../tools/src/mutate/mutations.ts';
import { freshParts } from '../support/fresh-parts.ts';

it('what a mutation takes away is there: the list is not older than the code', async () => {
  await using parts = await freshParts();
  const { rows } = await sql<{ name: string; text: string }>`
    select proname as name, pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = pronamespace
    where nspname = 'public' and prokind = 'f'`.execute(parts.db);
  const missing: string[] = [];
  for (const { name, edits } of mutations) {
    for (const edit of edits) {
      const text =
        edit.kind === 'source'
          ? await readFile(edit.file, 'utf8')
          : rows.find((row) => row.name === edit.name)?.text;
      if (text?.includes(edit.from) !== true) missing.push(`${name}: ${edit.from}`);
    }
  }
  expect(missing).toEqual([]);
});
