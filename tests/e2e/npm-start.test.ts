import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DEMO_API_KEY } from '@orderlane/local/demo';
import { poll } from '@orderlane/local/poll';
import { startChild } from '@orderlane/local/start-child';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { createSimulatorClient } from '@orderlane/simulator/client';
import { expect, test } from 'vitest';
import { readBaseEnvironment } from '../support/config.ts';
import { listDescendants } from '../support/descendants.ts';
import { allGone, localStackEntry, localStackEnv } from '../support/local-stack.ts';
import { startProcess, type TestProcess } from '../support/start-process.ts';

const run = promisify(execFile);

/** Waits until a line that fits was shown; answers the line. */
async function shown(stack: TestProcess, form: RegExp): Promise<string> {
  const look = async () =>
    await Promise.resolve(
      stack
        .tail()
        .split('\n')
        .find((line) => form.test(line)),
    );
  const check = () => {
    if (!stack.isRunning()) throw new Error(`it ended:\n${stack.tail()}`);
  };
  return await poll(look, { what: `${form} in\n${stack.tail()}`, withinMs: 45_000, check });
}

async function startStack(env: Record<string, string>): Promise<TestProcess> {
  return await startProcess({ name: 'local', entry: localStackEntry, env });
}

test('the printed curl places an order, a second start continues, Ctrl-C leaves nothing', async () => {
  await using folder = await makeTemporaryFolder();
  const env = await localStackEnv(path.join(folder.path, '.data'));
  let curl: string;
  let brokerOrderId: string | undefined;
  {
    await using stack = await startStack(env);
    curl = await shown(stack, /^curl /);
    expect(stack.tail().trimEnd().split('\n').at(-1)).toBe(curl);
    const answer = await run('sh', ['-c', curl]);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      status: 'success',
      orders: [{ lane: 'regular', symbol: 'SBIN' }],
    });
    const accepted = await shown(stack, /executor +order accepted: BUY 1 SBIN as \S+ \(live\)/);
    brokerOrderId = / as (\S+) \(/.exec(accepted)?.[1];
    const below = await listDescendants(stack.pid);
    expect(below.length).toBeGreaterThanOrEqual(7);
    stack.signal('SIGINT');
    expect(await stack.exited).toEqual({ code: 0, signal: null });
    await allGone(below);
  }
  await using again = await startStack(env);
  const next = await shown(again, /^curl /);
  // The same webhook, and a signal that was not sent before.
  expect(addressIn(next)).toBe(addressIn(curl));
  expect(next).not.toBe(curl);
  expect(JSON.parse((await run('sh', ['-c', curl])).stdout)).toMatchObject({ duplicate: true });
  // The broker in the box remembers, and gives no number twice.
  const simulator = `http://127.0.0.1:${env.SIMULATOR_PORT}`;
  const book = await createSimulatorClient(simulator, DEMO_API_KEY).post('orderbook');
  expect(book.body).toMatchObject({ data: { orders: [{ orderid: brokerOrderId }] } });
  await run('sh', ['-c', next]);
  const second = await shown(again, /executor +order accepted: BUY 1 SBIN as \S+ \(live\)/);
  expect(second).not.toContain(` ${brokerOrderId} `);
});

test('nothing is left when it is killed, and the next start continues', async () => {
  await using folder = await makeTemporaryFolder();
  const env = await localStackEnv(folder.path);
  await using stack = await startStack(env);
  await shown(stack, /^curl /);
  const below = await listDescendants(stack.pid);
  await stack.kill();
  await allGone(below);
  await using again = await startStack(env);
  await shown(again, /^curl /);
});

test('npm start needs no newer Node than npm brings, and a kill of npm leaves nothing', async () => {
  await killStart(['npm', 'start'], pathOfShell());
});

test('npm start finds the newer Node without a link to it, and a kill of its shell leaves nothing', async () => {
  // As npm 10 leaves it: node_modules/.bin holds no node.
  const command = 'node tools/run.ts infra/local/src/main.ts; exit';
  await killStart(['sh', '-c', command], pathOfShell());
});

/** The PATH of a shell: npm itself adds the folder in which the newer Node is. */
function pathOfShell(): string {
  const folders = (readBaseEnvironment()['PATH'] ?? '').split(path.delimiter);
  return folders.filter((each) => !each.endsWith('node_modules/.bin')).join(path.delimiter);
}

async function killStart([command = '', ...args]: string[], PATH: string): Promise<void> {
  await using folder = await makeTemporaryFolder();
  const lines: string[] = [];
  await using started = await startChild({
    name: command,
    command,
    args,
    env: { ...readBaseEnvironment(), PATH, ...(await localStackEnv(folder.path)) },
    stopSignal: 'SIGTERM',
    onLine: (line) => lines.push(line),
  });
  const curl = async () =>
    await Promise.resolve(lines.some((line) => line.startsWith('curl ')) || undefined);
  await poll(curl, { what: 'the curl', withinMs: 45_000 });
  const below = await listDescendants(started.pid);
  started.signal('SIGTERM');
  await allGone([started, ...below]);
}

test('a second Ctrl-C kills what does not stop', async () => {
  await using folder = await makeTemporaryFolder();
  await using stack = await startStack(await localStackEnv(folder.path));
  await shown(stack, /^curl /);
  const below = await listDescendants(stack.pid);
  const executor = below.find(({ command }) => command.endsWith('services/executor/src/main.ts'));
  process.kill(executor?.pid ?? 0, 'SIGSTOP');
  stack.signal('SIGINT');
  await shown(stack, /Ctrl-C again kills it/);
  stack.signal('SIGINT');
  await stack.exited;
  await allGone(below);
});

test('Ctrl-C while it starts leaves nothing', async () => {
  await using folder = await makeTemporaryFolder();
  await using stack = await startStack(await localStackEnv(folder.path));
  await shown(stack, /starting Postgres/);
  stack.signal('SIGINT');
  expect(await stack.exited).toEqual({ code: 0, signal: null });
  expect(stack.tail()).toContain('everything has stopped');
});

test('a server that crashes is started again, and an order goes through afterwards', async () => {
  await using folder = await makeTemporaryFolder();
  await using stack = await startStack(await localStackEnv(folder.path));
  const curl = await shown(stack, /^curl /);
  const pidFile = path.join(folder.path, 'postgres', 'data', 'postmaster.pid');
  const [postgres] = (await readFile(pidFile, 'utf8')).split('\n');
  process.kill(Number(postgres), 'SIGQUIT');
  await shown(stack, /local +postgres runs again/);
  const order = async () => {
    const { stdout } = await run('sh', ['-c', curl]);
    return JSON.parse(stdout).status === 'success' || undefined;
  };
  await poll(order, { what: 'an accepted signal', withinMs: 20_000 });
  await shown(stack, /executor +order accepted: BUY 1 SBIN/);
});

test('the secret key is made once, and only its owner may read what holds it', async () => {
  await using folder = await makeTemporaryFolder();
  const env = await localStackEnv(folder.path);
  const file = path.join(folder.path, 'secret-key');
  const keys: string[] = [];
  for (const _start of [1, 2]) {
    await using stack = await startStack(env);
    await shown(stack, /^curl /);
    const key = (await readFile(file, 'utf8')).trim();
    expect(stack.tail()).not.toContain(key);
    keys.push(key);
    stack.signal('SIGTERM');
    await stack.exited;
  }
  expect(keys[0]).toBe(keys[1]);
  for (const name of ['secret-key', 'env', 'postgres/password']) {
    expect([name, (await stat(path.join(folder.path, name))).mode & 0o777]).toEqual([name, 0o600]);
  }
});

test('with HOST_SERVER there is no demo and no simulator, and the line adds an account', async () => {
  await using folder = await makeTemporaryFolder();
  const env = await localStackEnv(folder.path);
  await using stack = await startStack({ ...env, HOST_SERVER: 'http://127.0.0.1:1' });
  await shown(stack, /^npm run cli -- account add .*http:\/\/127\.0\.0\.1:1/);
  expect(stack.tail()).not.toContain('curl');
  await expect(fetch(`http://127.0.0.1:${env.SIMULATOR_PORT}/`)).rejects.toThrow('fetch failed');
});

function addressIn(curl: string): string | undefined {
  return /http:\S+/.exec(curl)?.[0];
}
