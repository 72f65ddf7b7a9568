import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { listCommands } from '../support/commands-of.ts';

test('the README has an example of every command, and no command that is not there', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z -]+)` \| `npm run cli -- ([^`]+)` \|$/gm)];
  for (const [, name = '', example = ''] of rows)
    expect(example).toMatch(new RegExp(`^${name}\\b`));
  expect(rows.map(([, name]) => name).sort()).toEqual(listCommands().sort());
});
