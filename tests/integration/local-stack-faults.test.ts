import { once } from 'node:events';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { localStackEntry, localStackEnv } from '../support/local-stack.ts';
import { startProcess } from '../support/start-process.ts';

/** Runs the stack until it ends by itself; answers its exit code and what the person read. */
async function runToEnd(env: Record<string, string>, args: readonly string[] = []) {
  await using stack = await startProcess({ name: 'local', entry: localStackEntry, env, args });
  const { code } = await stack.exited;
  return { code, text: stack.tail() };
}

test('every taken port is named at once, with its variable, before anything is started', async () => {
  await using folder = await makeTemporaryFolder();
  const dataDir = path.join(folder.path, 'data');
  const env = await localStackEnv(dataDir);
  const others = [env.INGRESS_PORT, env.LOCAL_REDIS_PORT].map((port) =>
    createServer().listen(Number(port), '127.0.0.1'),
  );
  await Promise.all(others.map(async (other) => await once(other, 'listening')));
  const { code, text } = await runToEnd(env);
  expect(code).toBe(1);
  expect(text).toContain(`Port ${env.INGRESS_PORT} on 127.0.0.1, wanted for the ingress, is taken`);
  expect(text).toContain('choose another port with INGRESS_PORT');
  expect(text).toContain('choose another port with LOCAL_REDIS_PORT');
  expect(text).not.toContain('.ts:');
  await expect(stat(path.join(dataDir, 'postgres'))).rejects.toThrow('ENOENT');
  for (const other of others) other.close();
});

test('wrong variables are all named in one message, secrets are not shown', async () => {
  const { code, text } = await runToEnd({
    INGRESS_PORT: 'high',
    DATABASE_URL: 'mysql://someone:planted@127.0.0.1/x',
    HOST_SERVER: 'openalgo',
    ORDERLANE_SECRET_KEY: 'planted',
    LOG_LEVEL: 'loud',
    SEND_WINDOW_MS: 'short',
    WEBHOOK_RATE_LIMIT: 'many',
    SWEEP_MS: 'often',
  });
  expect(code).toBe(1);
  for (const name of ['INGRESS_PORT', 'DATABASE_URL', 'HOST_SERVER', 'ORDERLANE_SECRET_KEY']) {
    expect(text).toContain(`${name} must be`);
  }
  expect(text).toContain('LOG_LEVEL must be one of');
  for (const name of ['SEND_WINDOW_MS', 'WEBHOOK_RATE_LIMIT', 'SWEEP_MS']) {
    expect(text).toContain(`${name} must be`);
  }
  expect(text).not.toContain('planted');
});

test('damaged data stops the start with what to do; nothing is deleted', async () => {
  await using folder = await makeTemporaryFolder();
  const dir = path.join(folder.path, 'postgres');
  const port = await freePort();
  await (await startPostgres({ dir, port, settings: QUICK_POSTGRES })).stop();
  const control = path.join(dir, 'data', 'global', 'pg_control');
  await truncate(control, 100);
  const { code, text } = await runToEnd(await localStackEnv(folder.path));
  expect(code).toBe(1);
  expect(text).toContain(`The Postgres data in ${dir} cannot be used`);
  expect(text).toContain(`mv ${dir} ${dir}.broken`);
  expect((await stat(control)).size).toBe(100);
});

test('a damaged secret key stops the start; it is not made anew', async () => {
  await using folder = await makeTemporaryFolder();
  const file = path.join(folder.path, 'secret-key');
  await writeFile(file, 'cut');
  const { code, text } = await runToEnd(await localStackEnv(folder.path));
  expect(code).toBe(1);
  expect(text).toContain(`${file} holds no usable secret key`);
  expect(await readFile(file, 'utf8')).toBe('cut');
});

test('a file in the place of the data folder is named', async () => {
  await using folder = await makeTemporaryFolder();
  const file = path.join(folder.path, 'in-the-way');
  await writeFile(file, '');
  const { code, text } = await runToEnd(await localStackEnv(file));
  expect(code).toBe(1);
  expect(text).toContain(`The data folder ${file} cannot be made`);
});

test('a given Postgres that does not answer is named without its password', async () => {
  await using folder = await makeTemporaryFolder();
  const port = await freePort();
  const env = await localStackEnv(folder.path);
  const DATABASE_URL = `postgres://someone:planted@127.0.0.1:${port}/orderlane`;
  const { code, text } = await runToEnd({ ...env, DATABASE_URL });
  expect(code).toBe(1);
  expect(text).toContain(`The Postgres at 127.0.0.1:${port} (DATABASE_URL) does not answer`);
  expect(text).not.toContain('planted');
});

test('a given Redis that does not answer is named', async () => {
  await using folder = await makeTemporaryFolder();
  const port = await freePort();
  const env = await localStackEnv(folder.path);
  const { code, text } = await runToEnd({ ...env, REDIS_URL: `redis://127.0.0.1:${port}` });
  expect(code).toBe(1);
  expect(text).toContain(`The Redis at 127.0.0.1:${port} (REDIS_URL) does not answer`);
});
