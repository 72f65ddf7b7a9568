import { insertAccount, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { keepSealedSecret, listSealedSecrets } from '@orderlane/db/sealed-secrets';
import { insertUser } from '@orderlane/db/users';
import { verifyAudit } from '@orderlane/db/verify-audit';
import { createSecretBox, type SecretBox } from '@orderlane/runtime/secret-box';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const oldKey = 'planted-old-secret-key-of-32-characters';
const newKey = 'planted-new-secret-key-of-32-characters';
const thirdKey = 'planted-third-secret-key-of-32-characters';
const oldBox = createSecretBox(oldKey);
const newBox = createSecretBox(newKey);

async function addAccount(
  db: Db,
  args: { name: string; apiKey: string; box?: SecretBox; baseUrl?: string },
): Promise<void> {
  const { name, apiKey, box = oldBox, baseUrl = 'http://127.0.0.1:1' } = args;
  const sealed = { apiKeyBox: box.seal(apiKey), apiKeyFingerprint: box.fingerprint(apiKey) };
  const account = {
    userId: 'owner',
    name,
    baseUrl,
    mode: 'analyze',
    tradesElsewhere: false,
  } as const;
  await insertAccount(db, { ...account, ...sealed });
}

async function openWith(db: Db, box: SecretBox): Promise<string[]> {
  return (await listAccounts(db)).map((account) => box.open(account.api_key_box));
}

function cliOf({ databaseUrl }: FreshParts, env: Record<string, string>) {
  return commandLine({ DATABASE_URL: databaseUrl, ...env });
}

const both = { ORDERLANE_SECRET_KEY: newKey, ORDERLANE_SECRET_KEY_OLD: oldKey };

test('every key is sealed anew with its fingerprint, in one transaction, and written down', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  await addAccount(db, { name: 'first', apiKey: 'api-key-1' });
  await addAccount(db, { name: 'second', apiKey: 'api-key-2' });
  await keepSealedSecret(db, { name: 'sign-in', box: oldBox.seal('cookie-secret') });
  const { code, stdout, stderr } = await cliOf(parts, both).run(['keys', 'rotate']);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Account "first": sealed anew under key ${newBox.keyId}`);
  expect(await openWith(db, newBox)).toEqual(['api-key-1', 'api-key-2']);
  const [signIn] = await listSealedSecrets(db);
  expect(newBox.open(signIn?.box ?? '')).toBe('cookie-secret');
  const fingerprints = (await listAccounts(db)).map((account) => account.api_key_fingerprint);
  expect(fingerprints).toEqual(['api-key-1', 'api-key-2'].map(newBox.fingerprint));
  const audit = await db.selectFrom('audit_log').selectAll().execute();
  expect(audit).toMatchObject([
    {
      what: 'keys.rotate',
      subject: 'secret key',
      before: { key_ids: [oldBox.keyId] },
      after: {
        key_ids: [newBox.keyId],
        sealed_anew: ['account "first"', 'account "second"', 'secret sign-in'],
      },
    },
  ]);
  expect(await verifyAudit(db)).toMatchObject({ flaws: [] });
  const all = JSON.stringify(audit) + stdout;
  for (const secret of [oldKey, newKey, 'api-key-1', 'cookie-secret'])
    expect(all).not.toContain(secret);
});

test('doing it again changes nothing; without the old key nobody is asked for it then', async () => {
  await using parts = await freshParts();
  await addAccount(parts.db, { name: 'first', apiKey: 'api-key-1' });
  await cliOf(parts, both).json(['keys', 'rotate']);
  const [before] = await listAccounts(parts.db);
  expect(await cliOf(parts, both).json(['keys', 'rotate'])).toMatchObject({
    secrets: [{ what: 'account "first"', state: 'current' }],
  });
  const alone = await cliOf(parts, { ORDERLANE_SECRET_KEY: newKey }).run(['keys', 'rotate']);
  expect(alone).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do') });
  expect(await listAccounts(parts.db)).toEqual([before]);
  expect(await parts.db.selectFrom('audit_log').selectAll().execute()).toHaveLength(1);
});

test.each([
  ['both from stdin, the old one first', {}, `${oldKey}\n${newKey}\n`],
  ['the old one from stdin', { ORDERLANE_SECRET_KEY: newKey }, oldKey],
  ['the new one from stdin', { ORDERLANE_SECRET_KEY_OLD: oldKey }, `${newKey}\r\n`],
])('%s', async (_, env, input) => {
  await using parts = await freshParts();
  await addAccount(parts.db, { name: 'first', apiKey: 'api-key-1' });
  await cliOf(parts, env).json(['keys', 'rotate'], input);
  expect(await openWith(parts.db, newBox)).toEqual(['api-key-1']);
});

test.each<{ what: string; env?: Record<string, string>; input?: string; error: RegExp }>([
  { what: 'no key at all', error: /^error bad_secret_key: .*at least 32 characters/ },
  {
    what: 'a short one',
    env: { ORDERLANE_SECRET_KEY_OLD: oldKey },
    input: 'short',
    error: /^error bad_secret_key: /,
  },
  {
    what: 'twice the same',
    input: `${oldKey}\n${oldKey}`,
    error: /^error bad_secret_key: .*is the one until now/,
  },
  {
    what: 'two that are not that of this database',
    env: { ORDERLANE_SECRET_KEY: newKey, ORDERLANE_SECRET_KEY_OLD: thirdKey },
    error: new RegExp(`^error invalid_config: .*sealed under key ${oldBox.keyId}`),
  },
])('nothing is done with $what', async ({ env = {}, input, error }) => {
  await using parts = await freshParts();
  await addAccount(parts.db, { name: 'first', apiKey: 'api-key-1' });
  const before = await listAccounts(parts.db);
  const { code, stdout, stderr } = await cliOf(parts, env).run(['keys', 'rotate'], input);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(error);
  for (const secret of [oldKey, newKey, thirdKey]) expect(stderr).not.toContain(secret);
  expect(await listAccounts(parts.db)).toEqual(before);
});

test('what cannot be opened is left and named, the rest is done; mended, it is done, too', async () => {
  await using openalgo = await startOpenAlgo();
  await using parts = await freshParts();
  const { db } = parts;
  await addAccount(db, { name: 'altered', apiKey: 'api-key-1', baseUrl: openalgo.url });
  await addAccount(db, { name: 'other', apiKey: 'api-key-2', box: createSecretBox(thirdKey) });
  await addAccount(db, { name: 'right', apiKey: 'api-key-3' });
  await sql`update openalgo_accounts set api_key_box = overlay(api_key_box placing 'AAAA' from 20) where id = 1`.execute(
    db,
  );
  const cli = cliOf(parts, both);
  const { code, stdout, stderr } = await cli.run(['keys', 'rotate']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^error keys_left: .*account "altered", account "other"/),
  });
  expect(stdout).toMatch(/"altered": left. .*was altered/);
  expect(stdout).toMatch(/"other": left. .*was sealed under key/);
  expect(await cli.json(['keys', 'list'])).toMatchObject({
    secrets: [
      { what: 'account "altered"', state: 'altered' },
      { what: 'account "other"', state: 'unknown key' },
      { what: 'account "right"', state: 'current', key_id: newBox.keyId },
    ],
  });

  await cli.json(['account', 'set-key', 'altered'], 'api-key-1');
  const third = cliOf(parts, { ...both, ORDERLANE_SECRET_KEY_OLD: thirdKey });
  await third.json(['keys', 'rotate']);
  expect(await openWith(db, newBox)).toEqual(['api-key-1', 'api-key-2', 'api-key-3']);
});

async function startOpenAlgo() {
  const simulator = await startSimulator({ apikeys: ['api-key-1', 'api-key-9'], mode: 'analyze' });
  return { ...simulator, [Symbol.asyncDispose]: async () => await simulator.stop() };
}

test('while the keys change, one OpenAlgo is still one account, and a wrong key adds none', async () => {
  await using openalgo = await startOpenAlgo();
  await using parts = await freshParts();
  await addAccount(parts.db, { name: 'first', apiKey: 'api-key-1', baseUrl: openalgo.url });
  const add = ['account', 'add', 'second', '--url', openalgo.url];
  const twin = await cliOf(parts, both).run(add, 'api-key-1');
  expect(twin.stderr).toMatch(/^error account_exists: /);
  const wrong = await cliOf(parts, { ORDERLANE_SECRET_KEY: thirdKey }).run(add, 'api-key-9');
  expect(wrong.stderr).toMatch(
    /^error invalid_config: ORDERLANE_SECRET_KEY is not the key of this/,
  );
  await cliOf(parts, both).json(add, 'api-key-9');
  expect(
    (await cliOf(parts, both).run(['account', 'set-key', 'second'], 'api-key-1')).stderr,
  ).toMatch(/^error account_exists: .*"first"/);
});

test('two accounts of one OpenAlgo, made under two keys, are told and not merged', async () => {
  await using parts = await freshParts();
  await addAccount(parts.db, { name: 'first', apiKey: 'api-key-1', box: newBox });
  await addAccount(parts.db, { name: 'second', apiKey: 'api-key-1' });
  const { code, stdout } = await cliOf(parts, both).run(['keys', 'rotate']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /"second": left. It is the same OpenAlgo with the same key as account "first"/,
  );
});

test('every column that holds a sealed secret is sealed anew', async () => {
  await using parts = await freshParts();
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and (column_name = 'box' or column_name like '%\_box')
    order by 1`.execute(parts.db);
  expect(rows.map(({ name }) => name)).toEqual([
    'openalgo_accounts.api_key_box',
    'sealed_secrets.box',
  ]);
});

test('after the secret key was lost, keys are entered anew and the console begins anew', async () => {
  await using openalgo = await startOpenAlgo();
  await using parts = await freshParts();
  const { db } = parts;
  await addAccount(db, { name: 'first', apiKey: 'api-key-1', baseUrl: openalgo.url });
  await keepSealedSecret(db, { name: 'sign-in', box: oldBox.seal('cookie-secret') });
  const user = { id: 'u1', name: 'Asha', email: 'asha@example.com', role: 'admin' } as const;
  await insertUser(db, { ...user, tenantId: 'u1' });
  await sql`insert into two_factors (id, user_id, secret, backup_codes) values ('t1', 'u1', 'x', 'y')`.execute(
    db,
  );
  await sql`insert into user_sessions (id, user_id, token, expires_at) values ('s1', 'u1', 'x', now())`.execute(
    db,
  );
  await sql`update users set two_factor_enabled = true`.execute(db);
  const cli = cliOf(parts, { ORDERLANE_SECRET_KEY: newKey });

  await cli.json(['account', 'set-key', 'first'], 'api-key-1');
  expect(await openWith(db, newBox)).toEqual(['api-key-1']);
  const unasked = await cli.run(['keys', 'renew-sign-in']);
  expect(unasked.stderr).toMatch(/^error confirmation_missing: /);
  expect(await cli.json(['keys', 'renew-sign-in', '--yes'])).toEqual({
    renewed: true,
    sessions_ended: 1,
    second_factors_removed: 1,
  });
  expect(await listSealedSecrets(db)).toEqual([]);
  expect(await db.selectFrom('users').select('two_factor_enabled').execute()).toEqual([
    { two_factor_enabled: false },
  ]);
});

test('what the console signs sessions with is not given up while it opens', async () => {
  await using parts = await freshParts();
  const box = oldBox.seal('cookie-secret');
  await keepSealedSecret(parts.db, { name: 'sign-in', box });
  expect(await cliOf(parts, both).json(['keys', 'renew-sign-in', '--yes'])).toMatchObject({
    renewed: false,
  });
  expect(await listSealedSecrets(parts.db)).toEqual([{ name: 'sign-in', box }]);
});
