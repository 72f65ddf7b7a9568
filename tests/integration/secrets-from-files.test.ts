import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { clockConfig, secretKeyConfig, storeConfig } from '@orderlane/runtime/common-config';
import { parseConfig } from '@orderlane/runtime/config';
import { ConfigError } from '@orderlane/runtime/config-error';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

const schema = z.object({ ...storeConfig, ...secretKeyConfig, ...clockConfig });
const key = 'planted-key-of-at-least-32-characters';
const places = {
  DATABASE_URL: 'postgres://orderlane@postgres:5432/orderlane',
  REDIS_URL: 'redis://redis:6379',
};

let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
beforeAll(async () => {
  folder = await makeTemporaryFolder();
});
afterAll(async () => await folder[Symbol.asyncDispose]());

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder.path, name);
  await writeFile(place, text);
  return place;
}

function complaintAbout(environment: Record<string, string>): string {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('the configuration was taken');
}

it.each(['', '\n', '\r\n'])('a secret stands in a file that ends with %j', async (end) => {
  const place = await file('key', `${key}${end}`);
  const config = parseConfig(schema, { ...places, ORDERLANE_SECRET_KEY_FILE: place });
  expect(config.ORDERLANE_SECRET_KEY).toBe(key);
});

it('every secret may, the address of a store too', async () => {
  const config = parseConfig(schema, {
    DATABASE_URL_FILE: await file('database', 'postgres://a:b@c/d\n'),
    REDIS_URL_FILE: await file('redis', 'rediss://:secret@there:6380\n'),
    ORDERLANE_SECRET_KEY_FILE: await file('key', key),
    ORDERLANE_SECRET_KEY_OLD_FILE: await file('old', `old-${key}`),
  });
  expect(config).toMatchObject({
    DATABASE_URL: 'postgres://a:b@c/d',
    REDIS_URL: 'rediss://:secret@there:6380',
    ORDERLANE_SECRET_KEY_OLD: `old-${key}`,
  });
});

it('both the variable and the file may say the same, and nothing else', async () => {
  const ORDERLANE_SECRET_KEY_FILE = await file('key', `${key}\n`);
  const same = { ...places, ORDERLANE_SECRET_KEY_FILE, ORDERLANE_SECRET_KEY: key };
  expect(parseConfig(schema, same).ORDERLANE_SECRET_KEY).toBe(key);
  const complaint = complaintAbout({ ...same, ORDERLANE_SECRET_KEY: `another-${key}` });
  expect(complaint).toContain('ORDERLANE_SECRET_KEY_FILE and ORDERLANE_SECRET_KEY are both set');
  expect(complaint).not.toContain('planted');
});

it.each<[string, () => Promise<string>, string]>([
  ['is not there', async () => path.join(folder.path, 'nowhere'), 'cannot be read (ENOENT)'],
  ['is a folder', async () => folder.path, 'cannot be read (EISDIR)'],
  ['is empty', async () => await file('empty', '\n'), 'is empty'],
  ['is no secret', async () => await file('huge', 'planted'.repeat(10_000)), 'is too large'],
])('a file that %s is named', async (_what, make, expected) => {
  const ORDERLANE_SECRET_KEY_FILE = await make();
  const complaint = complaintAbout({ ...places, ORDERLANE_SECRET_KEY_FILE });
  expect(complaint).toContain(
    `ORDERLANE_SECRET_KEY_FILE names the file "${ORDERLANE_SECRET_KEY_FILE}", which ${expected}`,
  );
  expect(complaint).not.toContain('ORDERLANE_SECRET_KEY is missing');
  expect(complaint).not.toContain('planted');
});

it('what the file holds is checked like the variable, and not shown', async () => {
  const ORDERLANE_SECRET_KEY_FILE = await file('short', 'planted');
  const complaint = complaintAbout({ ...places, ORDERLANE_SECRET_KEY_FILE });
  expect(complaint).toContain('ORDERLANE_SECRET_KEY must be a secret of at least 32 characters');
  expect(complaint).not.toContain('planted');
});

it('the password goes into an address of Postgres that has none, whatever it is made of', async () => {
  const password = 'p@ss/wo%rd: #1?';
  const { DATABASE_URL } = parseConfig(schema, {
    ...places,
    ORDERLANE_SECRET_KEY: key,
    DATABASE_PASSWORD_FILE: await file('password', `${password}\n`),
  });
  const url = new URL(DATABASE_URL);
  expect(decodeURIComponent(url.password)).toBe(password);
  expect(url).toMatchObject({
    username: 'orderlane',
    host: 'postgres:5432',
    pathname: '/orderlane',
  });
});

it('an address of Postgres keeps its own password, which must be the same', () => {
  const withOwn = {
    ...places,
    DATABASE_URL: 'postgres://a:planted%2F1@b/c',
    ORDERLANE_SECRET_KEY: key,
  };
  const same = parseConfig(schema, { ...withOwn, DATABASE_PASSWORD: 'planted/1' });
  expect(decodeURIComponent(new URL(same.DATABASE_URL).password)).toBe('planted/1');
  const complaint = complaintAbout({ ...withOwn, DATABASE_PASSWORD: 'planted/2' });
  expect(complaint).toContain('DATABASE_URL holds another password');
  expect(complaint).not.toContain('planted');
});

it('what is no secret is in no file', async () => {
  const REDIS_PREFIX_FILE = await file('prefix', 'other');
  const config = parseConfig(schema, { ...places, ORDERLANE_SECRET_KEY: key, REDIS_PREFIX_FILE });
  expect(config.REDIS_PREFIX).toBe('orderlane');
});
