import { isAlive } from '@orderlane/local/is-alive';
import { poll } from '@orderlane/local/poll';
import { startService } from '@orderlane/local/start-service';
import { supervise } from '@orderlane/local/supervise';
import { createLogger } from '@orderlane/runtime/log';
import { expect, test } from 'vitest';
import { readBaseEnvironment } from '../support/config.ts';
import { freePort } from '../support/free-port.ts';

/** A supervised service on a port of its own, and what was said of it. */
async function superviseFixture(entry = 'tests/integration/fixtures/crashing.ts') {
  const port = await freePort();
  const said: string[] = [];
  const log = createLogger({ service: 'test', destination: { write: (line) => said.push(line) } });
  const env = { ...readBaseEnvironment(), PORT: String(port) };
  const start = async () =>
    await startService({
      name: 'crashing',
      entry,
      port,
      env,
      stopWithinMs: 10_000,
      onLine: () => undefined,
      hurry: new AbortController().signal,
    });
  const supervised = await supervise({ name: 'crashing', log, start });
  return { port, said, supervised };
}

/** The id of the process that answers on the port, as soon as it is another than `before`. */
async function pidOn(port: number, before = 0): Promise<number> {
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    const pid = Number(/pid (\d+)/.exec(await answer.text())?.[1]);
    return pid === before ? undefined : pid;
  };
  return await poll(ask, { what: 'the service', withinMs: 20_000 });
}

test('a process that crashes is started again, and both is said', async () => {
  const { port, said, supervised } = await superviseFixture();
  await using _stopped = supervised;
  const first = await pidOn(port);
  process.kill(first, 'SIGKILL');
  const second = await pidOn(port, first);
  expect(second).not.toBe(first);
  const runsAgain = async () =>
    await Promise.resolve(said.some((line) => line.includes('crashing runs again')) || undefined);
  await poll(runsAgain, { what: 'what is said', withinMs: 5_000 });
  expect(said[0]).toContain('crashing ended (SIGKILL): starting it again in 0.5 s');
});

test('what is stopped stays stopped', async () => {
  const { port, said, supervised } = await superviseFixture();
  const pid = await pidOn(port);
  await supervised[Symbol.asyncDispose]();
  expect(isAlive(pid)).toBe(false);
  expect(said).toEqual([]);
});

test('what is stopped while it waits to be started again stays stopped', async () => {
  const { port, said, supervised } = await superviseFixture();
  process.kill(await pidOn(port), 'SIGKILL');
  const ended = async () => await Promise.resolve(said.length > 0 || undefined);
  await poll(ended, { what: 'the end', withinMs: 5_000 });
  await supervised[Symbol.asyncDispose]();
  await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow('fetch failed');
});

test('a first start that fails is not tried again, and says what the process said', async () => {
  await expect(superviseFixture('tests/integration/fixtures/service.ts')).rejects.toThrow(
    'ORDERLANE_SECRET_KEY is missing',
  );
});
