import { expect, test } from 'vitest';
import { openHereCli } from '../support/here-cli.ts';
import { type Caller, openConsole, testPassword } from '../support/here-console.ts';
import { totpCode } from '../support/totp.ts';

interface Linked {
  id: string;
  link: string;
}

/** The console and a command line on the same database. */
async function openBoth() {
  const console = await openConsole();
  const { databaseUrl: DATABASE_URL } = console.parts;
  const cli = await openHereCli({ DATABASE_URL, CONSOLE_URL: console.url });
  return {
    console,
    cli,
    linked: async (...args: string[]) => (await cli.json(['user', ...args])) as Linked,
    [Symbol.asyncDispose]: async () => {
      await cli[Symbol.asyncDispose]();
      await console[Symbol.asyncDispose]();
    },
  };
}

async function useLink(browser: Caller, link: string, password = testPassword) {
  const token = new URL(link).searchParams.get('token');
  return await browser.post('/sign-in/link', { token, password });
}

test('the first user is the administrator who owns what the command line made', async () => {
  await using both = await openBoth();
  expect(await both.cli.run(['user', 'add', 'a@example.com'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The first user is an administrator'),
  });
  const { id, link } = await both.linked('add', 'asha@example.com', '--role', 'admin');
  expect(id).toBe('owner');
  const browser = both.console.browser();
  expect((await useLink(browser, link)).status).toBe(200);
  expect((await browser.get('/me')).body).toMatchObject({
    data: { id: 'owner', name: 'asha', email: 'asha@example.com', role: 'admin' },
  });

  const wish = ['add', 'ravi@example.com', '--role', 'viewer', '--tenant', 'asha@example.com'];
  await both.linked(...wish, '--name', 'Ravi');
  expect(await both.cli.run(['user', ...wish])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error user_exists: /),
  });
  expect(await both.cli.json(['user', 'list'])).toMatchObject([
    { email: 'asha@example.com', role: 'admin' },
    { email: 'ravi@example.com', name: 'Ravi', role: 'viewer', tenant_id: 'owner' },
  ]);
  expect((await both.cli.run(['user', 'add', 'nobody'])).stderr).toMatch(/^error invalid_request/);
});

test('a link lets a forgetful administrator in again, also without the lost second factor', async () => {
  await using both = await openBoth();
  const owner = await both.console.person({ name: 'owner', role: 'admin' });
  const { email } = owner.user;
  const begun = await owner.post('/me/two-factor/begin', { password: testPassword });
  const { totp_uri: uri } = begun.body['data'] as { totp_uri: string };
  expect((await owner.post('/me/two-factor/confirm', { code: totpCode(uri) })).status).toBe(200);

  const password = 'a password of later';
  const kept = await both.linked('link', email);
  await useLink(both.console.browser(), kept.link, password);
  expect((await both.console.browser().post('/sign-in', { email, password })).body).toMatchObject({
    data: { two_factor_required: true },
  });
  const { link } = await both.linked('link', 'owner', '--end-two-factor');
  expect((await owner.get('/me')).status).toBe(401);
  await useLink(both.console.browser(), link, password);
  expect((await both.console.browser().post('/sign-in', { email, password })).body).toMatchObject({
    data: { two_factor_required: false },
  });
  const stored = await both.console.db.selectFrom('two_factors').selectAll().execute();
  expect(stored).toEqual([]);
  const written = await both.console.db
    .selectFrom('audit_log')
    .select(['who', 'before', 'after'])
    .where('what', '=', 'user.link')
    .orderBy('seq')
    .execute();
  expect(written).toMatchObject([
    { who: 'cli:asha', after: { two_factor: true } },
    { before: { two_factor: true }, after: { two_factor: false } },
  ]);
});

test('a user is changed, shut out and let in again; the last administrator stays', async () => {
  await using both = await openBoth();
  await both.console.person({ name: 'owner', role: 'admin' });
  const ravi = await both.console.person({ name: 'ravi', role: 'trader' });
  const change = async (...args: string[]) => await both.cli.run(['user', 'change', ...args]);
  expect(await change('ravi@example.com', '--role', 'viewer', '--tenant', 'owner')).toMatchObject({
    code: 0,
    stdout: 'ravi@example.com is viewer now\n',
  });
  expect((await ravi.get('/me')).body).toMatchObject({
    data: { role: 'viewer', tenant_id: 'owner' },
  });
  expect((await change('user-ravi', '--disable')).stdout).toBe(
    'ravi@example.com is disabled now\n',
  );
  expect((await ravi.get('/me')).status).toBe(401);
  expect((await change('user-ravi', '--enable')).code).toBe(0);
  expect((await both.console.signedIn(ravi.user)).credentials()).toHaveProperty('cookie');
  for (const [args, error] of [
    [['owner', '--disable'], 'last_admin'],
    [['owner', '--role', 'trader'], 'last_admin'],
    [['nobody', '--disable'], 'unknown_user'],
    [['user-ravi'], 'nothing_to_change'],
    [['user-ravi', '--enable', '--disable'], 'nothing_to_change'],
    [['user-ravi', '--role', 'king'], 'usage'],
  ] as const) {
    expect([args, (await change(...args)).stderr]).toEqual([
      args,
      expect.stringMatching(new RegExp(`^error ${error}: `)),
    ]);
  }
});
