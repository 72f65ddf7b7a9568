import { openFirstSignIn } from '@orderlane/console/auth/first-sign-in';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openConsole, type TestConsole, testPassword } from '../support/here-console.ts';
import { readTables } from '../support/table-contents.ts';
import { totpCode } from '../support/totp.ts';

/** Nothing can be written to the audit log while `work` is done. */
async function withBrokenLog<T>({ db }: TestConsole, work: () => Promise<T>): Promise<T> {
  await sql`create or replace function break_log() returns trigger language plpgsql as $$
    begin raise exception 'the log is broken'; end $$`.execute(db);
  await sql`create trigger broken before insert on audit_log for each row execute function break_log()`.execute(
    db,
  );
  try {
    return await work();
  } finally {
    await sql`drop trigger broken on audit_log`.execute(db);
  }
}

/** What people sign in with: sessions may be renewed by any call. */
async function readSignIns({ db }: TestConsole): Promise<string> {
  const tables = (await readTables(db)).split('\n');
  const kept = ['users', 'user_credentials', 'api_keys', 'two_factors'];
  return tables.filter((table) => kept.some((name) => table.startsWith(`${name}: `))).join('\n');
}

const newPassword = 'another password of tests';

test('what a person changes of his sign-in is not changed where it cannot be written down', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const begun = await asha.post('/me/two-factor/begin', { password: testPassword });
  const { totp_uri: uri } = begun.body['data'] as { totp_uri: string };
  const before = await readSignIns(console);
  const calls: [path: string, json: object][] = [
    ['/keys/new', { name: 'bot', scopes: ['read'] }],
    ['/me/password', { current: testPassword, new: newPassword }],
    ['/me/two-factor/confirm', { code: totpCode(uri) }],
  ];
  for (const [path, json] of calls) {
    const { status } = await withBrokenLog(console, async () => await asha.post(path, json));
    expect([path, status]).toEqual([path, 500]);
    expect(await readSignIns(console)).toBe(before);
  }

  for (const [path, json] of calls) {
    const whole = path === '/me/two-factor/confirm' ? { code: totpCode(uri) } : json;
    expect([path, (await asha.post(path, whole)).status]).toEqual([path, 200]);
  }
  const end = { password: newPassword };
  const refused = await withBrokenLog(
    console,
    async () => await asha.post('/me/two-factor/end', end),
  );
  expect(refused.status).toBe(500);
  expect(await console.db.selectFrom('two_factors').selectAll().execute()).toHaveLength(1);
  const written = await console.db.selectFrom('audit_log').select('what').orderBy('seq').execute();
  expect(written.map(({ what }) => what)).toEqual([
    ...['user.sign_in', 'key.create', 'user.password', 'user.two_factor_on'],
  ]);
});

test('a wrong password or code is counted, and nothing is written of it', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const wrong = { current: 'not the password', new: newPassword };
  expect(await asha.post('/me/password', wrong)).toMatchObject({
    body: { code: 'wrong_password' },
  });
  await asha.post('/me/two-factor/begin', { password: testPassword });
  const answer = await asha.post('/me/two-factor/confirm', { code: 'abcdef' });
  expect(answer).toMatchObject({ body: { status: 'error' } });
  const written = await console.db.selectFrom('audit_log').select('what').execute();
  expect(written).toEqual([{ what: 'user.sign_in' }]);
});

test('the first administrator of the configuration is written down', async () => {
  await using console = await openConsole();
  const admin = { ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: newPassword };
  await openFirstSignIn(console.deps, admin);
  expect(await console.db.selectFrom('audit_log').selectAll().execute()).toMatchObject([
    { who: 'configuration:ADMIN_EMAIL', what: 'user.add', subject: 'user owner' },
  ]);
});
