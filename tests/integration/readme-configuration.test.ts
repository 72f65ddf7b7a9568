import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withConfigurationTable } from '../../tools/src/configuration-table.ts';

const read = async (file: string) =>
  await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

test('the README’s configuration is .env.example’s: `npm run docs` writes it', async () => {
  const readme = await read('README.md');
  const envExample = await read('.env.example');
  expect(readme).toBe(withConfigurationTable(readme, envExample));
  const variables = [...envExample.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
  for (const name of variables) expect(readme).toContain(`\`${name}\``);
});
