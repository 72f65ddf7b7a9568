import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readBaseEnvironment } from '../support/config.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { writeEvents } from '../support/order-events.ts';

const entry = fileURLToPath(new URL('../../infra/cli/src/main.ts', import.meta.url));

test('an export of which only the beginning is read ends in peace', async () => {
  await using parts = await freshParts();
  await writeEvents(parts.db, 30_000);
  const child = spawn(process.execPath, [entry, 'audit', 'export', '--orders'], {
    env: { ...readBaseEnvironment(), DATABASE_URL: parts.databaseUrl },
  });
  const ended = once(child, 'close');
  const said = text(child.stderr);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^seq,at,order_id/);
  child.stdout.destroy();
  expect(await ended).toEqual([0, null]);
  expect(await said).toBe('');
});
