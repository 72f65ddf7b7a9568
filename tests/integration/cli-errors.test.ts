import { expect, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { freePort } from '../support/free-port.ts';

test('wrong use is one line with code usage and exit code 2', async () => {
  const cli = commandLine({});
  for (const args of [
    [],
    ['account'],
    ['fly'],
    ['strategy', 'create'],
    ['strategy', 'create', 'demo', '--mode', 'SIDEWAYS'],
    ['orders', '--limit', '0'],
    ['account', 'add', 'main', '--api-key', 'secret'],
  ]) {
    const { code, stdout, stderr } = await cli.run(args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toMatch(/^error usage: [^\n]+\n$/);
  }
});

test('errors are JSON where answers are', async () => {
  const { code, stdout, stderr } = await commandLine({}).run(['fly', '--json']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(JSON.parse(stderr)).toMatchObject({ status: 'error', code: 'usage' });
});

test('help is no error', async () => {
  const { code, stdout, stderr } = await commandLine({}).run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('account');
});

test('every wrong variable is named in one line, and no secret repeated', async () => {
  const cli = commandLine({ ORDERLANE_SECRET_KEY: 'too-short-secret', HOST_SERVER: 'nowhere' });
  const { code, stderr } = await cli.run(['account', 'add', 'main'], 'key');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^error invalid_config: .*DATABASE_URL.*ORDERLANE_SECRET_KEY.*HOST_SERVER.*\n$/,
  );
  expect(stderr).not.toContain('too-short-secret');
});

test('a database that does not answer', async () => {
  const port = await freePort();
  const cli = commandLine({ DATABASE_URL: `postgres://user:hidden@127.0.0.1:${port}/none` });
  for (const args of [['account', 'list'], ['migrate']]) {
    const { code, stderr } = await cli.run(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error database_unreachable: [^\n]+\n$/);
    expect(stderr).not.toContain('hidden');
  }
});
