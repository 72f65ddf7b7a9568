import { readFile } from 'node:fs/promises';
import { faultKinds } from '@orderlane/simulator/faults/fault';
import { expect, test } from 'vitest';

test('the README says what each fault does, and names its group', async () => {
  const readme = new URL('../../infra/simulator/README.md', import.meta.url);
  const rows = (await readFile(readme, 'utf8')).matchAll(
    /^\| `([a-z_0-9]+)`.*?\| (\w+) +\| \S.+\|$/gm,
  );
  const documented = [...rows].map((row) => row.slice(1, 3));
  const kinds = Object.entries(faultKinds).map(([kind, { group }]) => [kind, group]);
  expect(documented.toSorted()).toEqual(kinds.toSorted());
});
