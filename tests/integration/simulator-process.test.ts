import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSimulatorClient } from '@orderlane/simulator/client';
import { expect, test } from 'vitest';
import { openSimulator } from '../support/simulator.ts';

const entry = new URL('../../infra/simulator/src/main.ts', import.meta.url).pathname;

function start(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [entry], {
    env: { PATH: '/usr/bin:/bin', SIMULATOR_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function firstLine(stream: ChildProcess['stdout']): Promise<string> {
  const [chunk] = stream === null ? [] : await once(stream, 'data');
  return String(chunk).trim();
}

test('runs as a process of its own and ends when told to', async () => {
  const child = start({ SIMULATOR_API_KEY: 'a-key', SIMULATOR_MODE: 'analyze' });
  try {
    const line = await firstLine(child.stdout);
    const url = /http:\S+/.exec(line)?.[0] ?? '';
    const reply = await createSimulatorClient(url, 'a-key').post('analyzer');
    expect(reply.body['data']).toMatchObject({ mode: 'analyze' });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('says in one line that its port is taken', async () => {
  await using other = await openSimulator();
  const child = start({ SIMULATOR_PORT: String(other.running.port) });
  const exit = once(child, 'exit');
  expect(await firstLine(child.stderr)).toMatch(/^listen EADDRINUSE: address already in use/);
  expect(await exit).toEqual([1, null]);
});
