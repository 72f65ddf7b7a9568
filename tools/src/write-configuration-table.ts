import { readFile, writeFile } from 'node:fs/promises';
import { withConfigurationTable } from './configuration-table.ts';

const readme = new URL('../../README.md', import.meta.url);
const envExample = new URL('../../.env.example', import.meta.url);
await writeFile(
  readme,
  withConfigurationTable(await readFile(readme, 'utf8'), await readFile(envExample, 'utf8')),
);
