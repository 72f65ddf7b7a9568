import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startProcess, type TestProcess } from '../support/start-process.ts';

const KEY = 'a-planted-secret-of-thirty-two-letters';
const entry = 'tests/integration/fixtures/service.ts';

async function startFixture(env: Record<string, string> = {}): Promise<TestProcess> {
  return await startProcess({
    name: 'fixture',
    entry,
    env: { ORDERLANE_SECRET_KEY: KEY, ...env },
  });
}

function eventsOf(service: TestProcess): unknown[] {
  return service.logs().map((line) => line['event']);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops it in reverse order with code 0',
  async (signal) => {
    await using service = await startFixture();
    await service.waitForEvent('service_started');
    service.signal(signal);
    expect(await service.exited).toEqual({ code: 0, signal: null });
    expect(eventsOf(service)).toEqual([
      'service_started',
      'service_stopping',
      'last_stopped',
      'first_stopped',
      'service_stopped',
    ]);
  },
);

test('it is ready while it runs, and describes itself', async () => {
  const port = await freePort();
  const env = { ORDERLANE_SECRET_KEY: KEY, PORT: String(port) };
  await using service = await startProcess({ name: 'fixture', entry, env, port });
  const ready = await fetch(`${service.url}/readyz`);
  expect(await ready.json()).toEqual({
    status: 'success',
    service: 'fixture',
    checks: { shutdown: 'ok' },
  });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  expect(metrics).toMatch(/^process_resident_memory_bytes\{service="fixture"\} \d+$/m);
});

test('a start that fails stops what was started and ends with code 1', async () => {
  await using service = await startFixture({ BEHAVIOUR: 'fails to start' });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(eventsOf(service)).toEqual([
    'service_failed',
    'last_stopped',
    'first_stopped',
    'service_stopped',
  ]);
});

test('a rejection that nobody caught is logged and ends it in order with code 1', async () => {
  await using service = await startFixture({ BEHAVIOUR: 'rejects' });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(service.tail()).toContain('nobody caught this');
  expect(eventsOf(service)).toContain('first_stopped');
});

test('a part that fails to stop keeps no other from stopping', async () => {
  await using service = await startFixture({ BEHAVIOUR: 'fails to stop' });
  await service.waitForEvent('service_started');
  expect(await service.stop()).toEqual({ code: 1, signal: null });
  expect(eventsOf(service)).toContain('first_stopped');
});

test('what does not stop in time is killed', async () => {
  await using service = await startFixture({ BEHAVIOUR: 'hangs' });
  await service.waitForEvent('service_started');
  expect(await service.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(eventsOf(service).at(-1)).toBe('service_killed');
});

test('a wrong environment is one message without the secret, and code 1', async () => {
  await using service = await startFixture({ LOG_LEVEL: 'loud', PORT: 'x' });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  const [complaint] = service.logs();
  expect(complaint).toMatchObject({ event: 'service_misconfigured', level: 'fatal' });
  expect(complaint?.['msg']).toContain('LOG_LEVEL must be one of');
  expect(complaint?.['msg']).toContain('PORT must be a whole number');
  expect(service.tail()).not.toContain(KEY);
});

test('a taken port is one message that names the variable', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as { port: number }).port);
  await using service = await startFixture({ PORT: port });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(service.logs()[0]?.['msg']).toContain(
    `PORT is ${port}, and that port on 127.0.0.1 is taken`,
  );
  taken.close();
});
