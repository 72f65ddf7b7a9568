import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installRedis } from '@orderlane/local/install-redis';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { expect, test } from 'vitest';

/** A folder of programs for the PATH: shell scripts, each by its name. */
async function programs(scripts: Record<string, string>) {
  const folder = await makeTemporaryFolder();
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(path.join(folder.path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

/** An apt-get that notes what it is asked, and brings the program `brings`. */
const aptGet = (brings: string, by: string) =>
  `here=$(dirname "$0"); echo "$@" >> "$here/asked"
case "$*" in *${by}) printf '#!/bin/sh' > "$here/${brings}"; chmod +x "$here/${brings}";; esac`;

async function install(folder: { path: string }, isRoot: boolean) {
  const said: string[] = [];
  const deps = { searchPath: folder.path, isRoot, say: (text: string) => said.push(text) };
  const program = await installRedis(deps);
  const asked = await readFile(path.join(folder.path, 'asked'), 'utf8').catch(() => '');
  return { program, said, asked };
}

test('as root it says what it installs, installs it and finds the program', async () => {
  await using folder = await programs({ 'apt-get': aptGet('redis-check-rdb', 'redis-tools') });
  const { program, said, asked } = await install(folder, true);
  expect(program).toEqual({
    command: path.join(folder.path, 'redis-check-rdb'),
    argv0: 'redis-server',
  });
  expect(said).toEqual([expect.stringContaining('Installing the system package redis-tools')]);
  expect(asked).toBe('update\ninstall -y --no-install-recommends redis-tools\n');
});

test('it installs the server’s own package where the tools bring no server', async () => {
  await using folder = await programs({ 'apt-get': aptGet('redis-server', 'redis-server') });
  const { program, said } = await install(folder, true);
  expect(program).toEqual({ command: path.join(folder.path, 'redis-server') });
  expect(said).toHaveLength(2);
});

test('as an ordinary user it goes by a sudo that asks for no password', async () => {
  await using folder = await programs({
    'apt-get': aptGet('redis-server', 'redis-tools'),
    sudo: 'test "$1" = -n || exit 1; shift; test "$1" = true || "$@"',
  });
  const { program, said } = await install(folder, false);
  expect(program).toEqual({ command: path.join(folder.path, 'redis-server') });
  expect(said[0]).toContain(`${folder.path}/sudo -n ${folder.path}/apt-get install`);
});

test('with a sudo that asks for a password nothing is installed or said', async () => {
  await using folder = await programs({
    'apt-get': aptGet('redis-server', 'redis-tools'),
    sudo: 'exit 1',
  });
  expect(await install(folder, false)).toEqual({ program: undefined, said: [], asked: '' });
});

test('where there is no apt-get nothing is installed or said', async () => {
  await using folder = await programs({});
  expect(await install(folder, true)).toEqual({ program: undefined, said: [], asked: '' });
});

test('an installation that fails is said', async () => {
  await using folder = await programs({ 'apt-get': 'echo no network >&2; exit 100' });
  const { program, said } = await install(folder, true);
  expect(program).toBeUndefined();
  expect(said.at(-1)).toContain('That did not work');
});
