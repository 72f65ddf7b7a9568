import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { openDb } from '@orderlane/db/open-db';
import { poll } from '@orderlane/local/poll';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { createSecretBox } from '@orderlane/runtime/secret-box';
import { expect, test } from 'vitest';
import { localStackEntry, localStackEnv } from '../support/local-stack.ts';
import { startProcess, type TestProcess } from '../support/start-process.ts';

async function started(stack: TestProcess): Promise<void> {
  const look = async () => await Promise.resolve(/^curl /m.test(stack.tail()) || undefined);
  const check = () => {
    if (!stack.isRunning()) throw new Error(`it ended:\n${stack.tail()}`);
  };
  await poll(look, { what: 'the curl', withinMs: 45_000, check });
}

test('npm start says what a lost secret key costs, and goes on where that is accepted', async () => {
  await using folder = await makeTemporaryFolder();
  const env = await localStackEnv(folder.path);
  const file = path.join(folder.path, 'secret-key');
  const start = async (...args: string[]) =>
    await startProcess({ name: 'local', entry: localStackEntry, env, args });
  {
    await using stack = await start();
    await started(stack);
    await addAccount(await databaseUrl(folder.path), (await readFile(file, 'utf8')).trim());
    await stack.stop();
  }
  await rm(file);
  {
    await using stack = await start();
    expect((await stack.exited).code).toBe(1);
    expect(stack.tail()).toContain(`The secret key in ${file} is not the one of this data`);
    expect(stack.tail()).toContain('npm start -- --new-secret-key');
    expect(stack.tail()).not.toContain('.ts:');
  }
  {
    await using stack = await start('--new-secret-key');
    await started(stack);
    expect(stack.tail()).toMatch(
      /enter the API key of account "main" anew: npm run cli -- account set-key 2/,
    );
  }
  await using stack = await start();
  await started(stack);
  expect(stack.tail()).not.toContain('The secret key in');
  expect(stack.tail()).not.toContain('account set-key');
});

async function databaseUrl(dataDir: string): Promise<string> {
  const text = await readFile(path.join(dataDir, 'env'), 'utf8');
  return /^DATABASE_URL="(.*)"$/m.exec(text)?.[1] ?? '';
}

async function addAccount(url: string, secretKey: string): Promise<void> {
  const { db, close } = openDb({ databaseUrl: url, poolSize: 1 });
  const box = createSecretBox(secretKey);
  await db
    .insertInto('openalgo_accounts')
    .values({
      ...{ user_id: 'owner', name: 'main', base_url: 'http://127.0.0.1:1' },
      ...{ api_key_box: box.seal('a key'), api_key_fingerprint: box.fingerprint('a key') },
    })
    .execute();
  await close();
}
