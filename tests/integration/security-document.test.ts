import { access, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

it('every threat of docs/security.md names tests, and each of them exists', async () => {
  const text = await readFile(new URL('docs/security.md', root), 'utf8');
  const threats = text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (?:threat|process|-)/.test(line))
    .filter((line) => line.split('|').length === 5);
  const untested = threats.filter((line) => !/`[^`]+\.test\.ts` *\|$/.test(line));
  // The table of processes has as many columns, and names no tests.
  expect(untested.map((line) => line.split('|')[1]?.trim())).toEqual([
    'Caddy',
    'ingress',
    'console',
    'executor, scheduler',
    'Postgres, Redis',
  ]);
  const files = [...text.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(30);
  for (const file of files)
    await expect(access(new URL(file, root)), file).resolves.toBeUndefined();
});
