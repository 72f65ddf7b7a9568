import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHereCli } from '../support/here-cli.ts';
import { makeOpenAlgoDb, openAlgoMapping, openAlgoStrategy } from '../support/openalgo-db.ts';
import { readTables } from '../support/table-contents.ts';

let cli: Awaited<ReturnType<typeof openHereCli>>;
let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
let file: string;

beforeAll(async () => {
  cli = await openHereCli();
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  file = `${folder.path}/openalgo.db`;
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

/** Many pages, so that a part of the file can be missing. */
function makeLarge(): void {
  const strategies = Array.from({ length: 200 }, (_, index) => openAlgoStrategy(index + 1));
  const mappings = strategies.flatMap(({ id }) =>
    Array.from({ length: 20 }, (_, index) => openAlgoMapping(id, { symbol: `S${index}` })),
  );
  makeOpenAlgoDb(file, { strategies, mappings });
}

async function expectRefused(code: string): Promise<void> {
  const before = await readTables(cli.parts.db);
  const ended = await cli.run(['import', 'openalgo', file, '--apply']);
  expect(ended).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^error ${code}: [^\n]+\n$`)),
  });
  expect(await readTables(cli.parts.db)).toBe(before);
}

test('a file that is not there, or is a folder', async () => {
  await expectRefused('no_such_file');
  await mkdir(file);
  await expectRefused('unreadable_file');
});

test('a file that is no SQLite database', async () => {
  await writeFile(file, 'id,name,webhook_id\n1,demo,x\n'.repeat(100));
  await expectRefused('not_sqlite');
  await writeFile(file, '');
  await expectRefused('not_openalgo');
});

test('a SQLite database of something else', async () => {
  const db = new DatabaseSync(file);
  db.exec(
    'create table urls (id integer primary key, url text); create table strategies (title text)',
  );
  db.close();
  await expectRefused('not_openalgo');
});

test.each([0.5, 0.9])('a file of which %s was copied', async (part) => {
  makeLarge();
  const { length } = await readFile(file);
  const handle = await open(file, 'r+');
  await handle.truncate(Math.floor((length * part) / 4096) * 4096);
  await handle.close();
  await expectRefused('damaged_file');
});

test('a file with pages overwritten', async () => {
  makeLarge();
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(40_960, 0x5a), 0, 40_960, 8192);
  await handle.close();
  await expectRefused('damaged_file');
});

test('a file that another program has locked', async () => {
  makeLarge();
  const other = new DatabaseSync(file);
  other.exec('begin exclusive');
  try {
    await expectRefused('locked_file');
  } finally {
    other.close();
  }
});

test('a file that OpenAlgo is writing to, in its write-ahead mode, is read as it was committed', async () => {
  makeOpenAlgoDb(file, { strategies: [openAlgoStrategy(1)] });
  const other = new DatabaseSync(file);
  try {
    other.exec('pragma journal_mode = wal');
    other.exec(`update strategies set name = 'committed'`);
    other.exec(`begin; update strategies set name = 'not committed'`);
    expect(await cli.json(['import', 'openalgo', file])).toMatchObject({
      strategies: [{ openalgo_name: 'committed' }],
    });
  } finally {
    other.close();
  }
});

test('nothing is written to the file', async () => {
  makeLarge();
  const before = await readFile(file);
  await cli.json(['import', 'openalgo', file]);
  expect((await readFile(file)).equals(before)).toBe(true);
});
