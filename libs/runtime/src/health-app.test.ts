import { expect, test } from 'vitest';
import { createHealthApp } from './health-app.ts';

const works = async () => await Promise.resolve();
const fails = async () => await Promise.reject(new Error('connection refused'));

test('a process that lacks a part lives and is not ready, and says which part', async () => {
  const app = createHealthApp({ service: 'executor', checks: { postgres: fails, redis: works } });
  expect((await app.request('/healthz')).status).toBe(200);
  const ready = await app.request('/readyz');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({
    status: 'error',
    service: 'executor',
    checks: { postgres: 'connection refused', redis: 'ok' },
  });
});

test('a check that does not answer counts as failed, and is told to give up', async () => {
  let patience: AbortSignal | undefined;
  const hangs = async (signal: AbortSignal) => {
    patience = signal;
    return await new Promise(() => undefined);
  };
  const app = createHealthApp({ service: 'executor', checks: { redis: hangs } });
  expect((await app.request('/readyz')).status).toBe(503);
  expect(patience?.aborted).toBe(true);
});

test('the figures are in Prometheus’ text format', async () => {
  const app = createHealthApp({ service: 'executor', checks: {} });
  const answer = await app.request('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  for (const line of lines) {
    expect(line).toMatch(/^# (HELP|TYPE) \w+ .+$|^\w+\{.*service="executor".*\} ([\d.e+-]+|Nan)$/);
  }
  expect(lines.filter((line) => line.startsWith('process_cpu_seconds'))).toHaveLength(1);
});
