import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { type LocalPostgres, QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

async function start(dir: string, settings: Record<string, string> = {}): Promise<LocalPostgres> {
  const port = await freePort();
  return await startPostgres({ dir, port, settings: { ...QUICK_POSTGRES, ...settings } });
}

async function ask(databaseUrl: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** A folder with the data of a server that has stopped in order. */
async function makeData() {
  const folder = await makeTemporaryFolder();
  const server = await start(folder.path);
  await ask(server.databaseUrl('postgres'), 'create table kept as select 7 as n');
  await server.stop();
  return folder;
}

test('the asked settings hold, and commits wait for their write', async () => {
  await using folder = await makeTemporaryFolder();
  await using server = await start(folder.path, { work_mem: '7MB' });
  const database = server.databaseUrl('postgres');
  expect(await ask(database, 'show work_mem')).toBe('7MB');
  expect(await ask(database, 'show fsync')).toBe('off');
  expect(await ask(database, 'show synchronous_commit')).toBe('on');
});

test('a second start continues with the same data', async () => {
  await using folder = await makeData();
  await using server = await start(folder.path);
  expect(await ask(server.databaseUrl('postgres'), 'select n from kept')).toBe(7);
});

test('nobody gets in without the password', async () => {
  await using folder = await makeTemporaryFolder();
  await using server = await start(folder.path);
  const address = new URL(server.databaseUrl('postgres'));
  address.password = 'guessed';
  await expect(ask(address.href, 'select 1')).rejects.toThrow('password authentication failed');
});

test('an initialisation that was cut off is made again', async () => {
  await using folder = await makeData();
  const dataDir = path.join(folder.path, 'data');
  await rm(dataDir, { recursive: true });
  await writeFile(`${dataDir}.making`, 'half');
  await using server = await start(folder.path);
  expect(await ask(server.databaseUrl('postgres'), 'select 1')).toBe(1);
});

test('damaged data is refused with what to do, and left as it is', async () => {
  await using folder = await makeData();
  const control = path.join(folder.path, 'data', 'global', 'pg_control');
  await truncate(control, 100);
  await expect(start(folder.path)).rejects.toThrow(
    /cannot be used.*Nothing was changed or deleted.*rename the folder/s,
  );
  expect((await stat(control)).size).toBe(100);
});

test('data of another Postgres version is refused', async () => {
  await using folder = await makeData();
  await writeFile(path.join(folder.path, 'data', 'PG_VERSION'), '15\n');
  await expect(start(folder.path)).rejects.toThrow('it was made by version 15');
});

test('something that is no Postgres data is refused and left as it is', async () => {
  await using folder = await makeData();
  await rm(path.join(folder.path, 'data', 'PG_VERSION'));
  await expect(start(folder.path)).rejects.toThrow('PG_VERSION is missing');
  const control = await readFile(path.join(folder.path, 'data', 'global', 'pg_control'));
  expect(control.length).toBeGreaterThan(100);
});

test('a second server on the same data is refused, and says that one runs', async () => {
  await using folder = await makeTemporaryFolder();
  await using server = await start(folder.path);
  await expect(start(folder.path)).rejects.toThrow('Another Postgres still runs');
  expect(await ask(server.databaseUrl('postgres'), 'select 1')).toBe(1);
});

test('a taken port is named, with the variable that changes it', async () => {
  await using folder = await makeTemporaryFolder();
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  const spec = { dir: folder.path, port, portVariable: 'LOCAL_POSTGRES_PORT' };
  await expect(startPostgres(spec)).rejects.toThrow(
    `Port ${port} on 127.0.0.1, wanted for Postgres, is taken. Stop what uses it, or choose another port with LOCAL_POSTGRES_PORT.`,
  );
  other.close();
});
