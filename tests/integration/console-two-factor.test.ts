import { expect, test } from 'vitest';
import { type Caller, openConsole, testPassword } from '../support/here-console.ts';
import { nextTotpCode, totpCode } from '../support/totp.ts';

const wrongCode = { status: 401, body: { code: 'wrong_code' } };

async function turnOn(person: Caller): Promise<{ uri: string; backupCodes: string[] }> {
  const begun = await person.post('/me/two-factor/begin', { password: testPassword });
  const { totp_uri: uri, backup_codes: backupCodes } = begun.body['data'] as {
    totp_uri: string;
    backup_codes: string[];
  };
  await person.post('/me/two-factor/confirm', { code: totpCode(uri) });
  return { uri, backupCodes };
}

test('with a second factor the password alone opens nothing', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const { uri } = await turnOn(asha);
  const browser = console.browser();
  const credentials = { email: asha.user.email, password: testPassword };
  expect(await browser.post('/sign-in', credentials)).toMatchObject({
    status: 200,
    body: { data: { two_factor_required: true } },
  });
  expect(await browser.get('/me')).toMatchObject({ status: 401 });

  const right = nextTotpCode(uri);
  const wrong = right === '000000' ? '000001' : '000000';
  expect(await browser.post('/sign-in/two-factor', { code: wrong })).toMatchObject(wrongCode);
  expect(await browser.get('/me')).toMatchObject({ status: 401 });
  expect((await browser.post('/sign-in/two-factor', { code: right })).status).toBe(200);
  expect((await browser.get('/me')).status).toBe(200);
  // Without a sign-in before it a code is worth nothing.
  expect(await console.browser().post('/sign-in/two-factor', { code: right })).toMatchObject(
    wrongCode,
  );
});

test('a code of the app opens once', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const begun = await asha.post('/me/two-factor/begin', { password: testPassword });
  const { totp_uri: uri } = begun.body['data'] as { totp_uri: string };
  const shown = totpCode(uri);
  expect((await asha.post('/me/two-factor/confirm', { code: shown })).status).toBe(200);

  const half = async () => {
    const browser = console.browser();
    await browser.post('/sign-in', { email: asha.user.email, password: testPassword });
    return browser;
  };
  const [first, second] = [await half(), await half()];
  // The one that turned the second factor on is used, too.
  expect(await first.post('/sign-in/two-factor', { code: shown })).toMatchObject(wrongCode);
  const code = nextTotpCode(uri);
  const answers = await Promise.all(
    [first, second].map(async (browser) => await browser.post('/sign-in/two-factor', { code })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  expect(await (await half()).post('/sign-in/two-factor', { code })).toMatchObject(wrongCode);
  const sessions = await Promise.all([first, second].map(async (each) => await each.get('/me')));
  expect(sessions.map(({ status }) => status).toSorted()).toEqual([200, 401]);
});

test('guessing codes ends the sign-in', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const { uri } = await turnOn(asha);
  const browser = console.browser();
  await browser.post('/sign-in', { email: asha.user.email, password: testPassword });
  const right = nextTotpCode(uri);
  const guesses = ['000000', '111111', '222222', '333333', '444444', '555555', '666666'];
  for (const code of guesses.filter((guess) => guess !== right)) {
    expect([401, 429]).toContain((await browser.post('/sign-in/two-factor', { code })).status);
  }
  expect((await browser.post('/sign-in/two-factor', { code: right })).status).not.toBe(200);
  expect(await browser.get('/me')).toMatchObject({ status: 401 });
});

test('a backup code opens once', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const { backupCodes } = await turnOn(asha);
  const code = backupCodes[0] ?? '';
  for (const status of [200, 401]) {
    const browser = console.browser();
    await browser.post('/sign-in', { email: asha.user.email, password: testPassword });
    expect((await browser.post('/sign-in/two-factor', { code })).status).toBe(status);
  }
});

test('the secret is not in the clear, and only the password begins or ends a second factor', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const wrong = { status: 400, body: { code: 'wrong_password' } };
  expect(await asha.post('/me/two-factor/begin', { password: 'a guess' })).toMatchObject(wrong);
  const { uri, backupCodes } = await turnOn(asha);
  const stored = JSON.stringify(await console.db.selectFrom('two_factors').selectAll().execute());
  expect(stored).not.toContain(new URL(uri).searchParams.get('secret'));
  expect(stored).not.toContain(backupCodes[0]);

  expect(await asha.post('/me/two-factor/end', { password: 'a guess' })).toMatchObject(wrong);
  expect((await asha.post('/me/two-factor/end', { password: testPassword })).status).toBe(200);
  const again = { email: asha.user.email, password: testPassword };
  expect((await console.browser().post('/sign-in', again)).body).toMatchObject({
    data: { two_factor_required: false },
  });
});
