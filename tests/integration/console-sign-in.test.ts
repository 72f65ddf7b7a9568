import { expect, test } from 'vitest';
import { openConsole, testPassword } from '../support/here-console.ts';

const wrong = { status: 401, body: { status: 'error', code: 'wrong_credentials', details: [] } };
const unknown = { status: 401, body: { status: 'error', code: 'not_signed_in' } };

test('the password opens a session, signing out ends it', async () => {
  await using console = await openConsole();
  const { email } = await console.addUser({ name: 'asha', role: 'trader' });
  const browser = console.browser();
  expect(await browser.get('/me')).toMatchObject(unknown);
  expect(await browser.post('/sign-in', { email, password: 'another one' })).toMatchObject(wrong);
  const nobody = { email: 'nobody@example.com', password: testPassword };
  expect(await browser.post('/sign-in', nobody)).toMatchObject(wrong);
  expect(await browser.get('/me')).toMatchObject(unknown);

  const signedIn = await browser.post('/sign-in', {
    email: ` ASHA@example.com `,
    password: testPassword,
  });
  expect(signedIn).toMatchObject({ status: 200, body: { data: { two_factor_required: false } } });
  const [cookie] = signedIn.headers.getSetCookie();
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=Lax/i);
  expect(cookie).not.toMatch(/; Secure/i);
  expect(await browser.get('/me')).toMatchObject({
    status: 200,
    body: { data: { email, role: 'trader', tenant_id: 'user-asha', by: 'session', scopes: null } },
  });

  const stolen = browser.credentials();
  expect((await browser.post('/sign-out')).status).toBe(200);
  expect(await browser.get('/me')).toMatchObject(unknown);
  expect(await console.browser().get('/me', stolen)).toMatchObject(unknown);
});

test('an expired, a revoked and a made-up session are none', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const elsewhere = await console.signedIn(asha.user);
  const { body } = await asha.get('/me/sessions');
  const other = (body['data'] as { id: string; is_this: boolean }[]).find((one) => !one.is_this);
  expect((await asha.post(`/me/sessions/${other?.id}/revoke`)).status).toBe(200);
  expect(await elsewhere.get('/me')).toMatchObject(unknown);
  expect((await asha.get('/me')).status).toBe(200);
  expect(await asha.post(`/me/sessions/${other?.id}/revoke`)).toMatchObject({
    status: 404,
    body: { code: 'unknown_session' },
  });

  await console.db
    .updateTable('user_sessions')
    .set({ expires_at: new Date(0) })
    .execute();
  expect(await asha.get('/me')).toMatchObject(unknown);
  const madeUp = { cookie: 'orderlane.session_token=made-up.c2lnbmF0dXJl' };
  expect(await console.browser().get('/me', madeUp)).toMatchObject(unknown);
});

test('who is disabled is signed out, stays out, and its keys are void', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const made = await asha.post('/keys/new', { name: 'bot', scopes: ['read'] });
  const { key } = made.body['data'] as { key: string };
  expect((await console.program(key).get('/me')).status).toBe(200);

  await admin.post(`/users/${asha.user.id}/edit`, { disabled: true });
  expect(await asha.get('/me')).toMatchObject(unknown);
  expect(await console.program(key).get('/me')).toMatchObject(unknown);
  const again = { email: asha.user.email, password: testPassword };
  expect(await asha.post('/sign-in', again)).toMatchObject(wrong);
  await admin.post(`/users/${asha.user.id}/edit`, { disabled: false });
  expect((await asha.post('/sign-in', again)).status).toBe(200);
});

test('guessing is stopped, by address and by e-mail, and told apart from a wrong password', async () => {
  const env = { SIGN_IN_RATE_LIMIT: '3 per minute', TRUSTED_PROXIES: '127.0.0.1' };
  await using console = await openConsole(env);
  const { email } = await console.addUser({ name: 'asha', role: 'trader' });
  const attempt = async (from: string, who: string, password = 'a guess') =>
    await console.browser().post('/sign-in', { email: who, password }, { 'x-forwarded-for': from });

  for (const host of [1, 2, 3]) {
    expect(await attempt(`203.0.113.${host}`, email)).toMatchObject(wrong);
  }
  const limited = { status: 429, body: { code: 'sign_in_limited' } };
  const stopped = await attempt('203.0.113.4', email, testPassword);
  expect(stopped).toMatchObject(limited);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);

  for (const name of ['b', 'c', 'd']) {
    expect(await attempt('203.0.113.9', `${name}@example.com`)).toMatchObject(wrong);
  }
  expect(await attempt('203.0.113.9', 'e@example.com')).toMatchObject(limited);
  expect(await attempt('203.0.113.10', 'e@example.com')).toMatchObject(wrong);
});
