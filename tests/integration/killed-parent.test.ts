import { isAlive } from '@orderlane/local/is-alive';
import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { startProcess } from '../support/start-process.ts';

const ended = async (pid: number) => await Promise.resolve(isAlive(pid) ? undefined : true);

test('a service ends when its parent is killed', async () => {
  await using parent = await startProcess({
    name: 'parent',
    entry: 'tests/integration/fixtures/parent.ts',
    env: { ORDERLANE_SECRET_KEY: 'k'.repeat(32) },
  });
  const pid = Number((await parent.waitForEvent('child_started'))['pid']);
  expect(isAlive(pid)).toBe(true);
  await parent.kill();
  await poll(async () => await ended(pid), { what: 'the end of the child', withinMs: 20_000 });
});

test('a service that answers nothing any more is ended too', async () => {
  await using parent = await startProcess({
    name: 'parent',
    entry: 'tests/integration/fixtures/parent.ts',
    env: { ORDERLANE_SECRET_KEY: 'k'.repeat(32) },
  });
  const pid = Number((await parent.waitForEvent('child_started'))['pid']);
  process.kill(pid, 'SIGSTOP');
  await parent.kill();
  await poll(async () => await ended(pid), { what: 'the end of the child', withinMs: 20_000 });
});
