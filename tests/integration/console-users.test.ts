import { expect, test } from 'vitest';
import { openConsole, testPassword } from '../support/here-console.ts';

test('an administrator adds a user, who chooses a password by the link', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'owner', role: 'admin' });
  const wish = { name: 'Ravi', email: 'Ravi@example.com', role: 'viewer', tenant_id: 'owner' };
  const added = await admin.post('/users/new', wish);
  const { id, link } = added.body['data'] as { id: string; link: string };
  expect(await admin.post('/users/new', wish)).toMatchObject({ body: { code: 'user_exists' } });

  const token = new URL(link).searchParams.get('token');
  const ravi = console.browser();
  expect((await ravi.post('/sign-in/link', { token, password: testPassword })).status).toBe(200);
  expect((await ravi.get('/me')).body).toMatchObject({
    data: { id, email: 'ravi@example.com', role: 'viewer', tenant_id: 'owner' },
  });
  expect(await ravi.get('/users')).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
});

test('a new link sets a forgotten password, and ends what was open', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const link = async () => {
    const { body } = await admin.post(`/users/${asha.user.id}/link`);
    return new URL((body['data'] as { link: string }).link).searchParams.get('token');
  };
  const [older, token] = [await link(), await link()];
  const wanted = 'a password of later';
  const browser = console.browser();
  expect(await browser.post('/sign-in/link', { token: older, password: wanted })).toMatchObject({
    body: { code: 'link_invalid' },
  });
  expect((await browser.post('/sign-in/link', { token, password: wanted })).status).toBe(200);
  expect((await asha.get('/me')).status).toBe(401);
  const before = { email: asha.user.email, password: testPassword };
  expect((await console.browser().post('/sign-in', before)).status).toBe(401);
});

test('a changed password ends the other sessions', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const elsewhere = await console.signedIn(asha.user);
  const change = { current: 'a guess', new: 'a password of later' };
  expect(await asha.post('/me/password', change)).toMatchObject({
    body: { code: 'wrong_password' },
  });
  expect((await asha.post('/me/password', { ...change, current: testPassword })).status).toBe(200);
  expect((await elsewhere.get('/me')).status).toBe(401);
  expect((await asha.get('/me')).status).toBe(200);
});

test('somebody stays administrator', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const asha = await console.addUser({ name: 'asha', role: 'trader' });
  const last = { status: 409, body: { code: 'last_admin' } };
  const own = `/users/${admin.user.id}/edit`;
  expect(await admin.post(own, { role: 'trader' })).toMatchObject(last);
  expect(await admin.post(own, { disabled: true })).toMatchObject(last);
  expect((await admin.post(own, { name: 'Root' })).status).toBe(200);

  expect((await admin.post(`/users/${asha.id}/edit`, { role: 'admin' })).status).toBe(200);
  expect((await admin.post(own, { role: 'viewer' })).status).toBe(200);
  // What a role is, counts at once.
  expect((await admin.get('/users')).status).toBe(403);
});

test('every wrong field is named', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const answer = await admin.post('/users/new', { email: 'nowhere', role: 'king', extra: 1 });
  expect(answer).toMatchObject({ status: 400, body: { status: 'error', code: 'invalid_request' } });
  const fields = (answer.body['details'] as { field: string }[]).map(({ field }) => field);
  expect(fields).toEqual(expect.arrayContaining(['name', 'email', 'role']));
  expect(await admin.post('/users/new', '{', { 'content-type': 'application/json' })).toMatchObject(
    {
      status: 400,
      body: { code: 'invalid_request' },
    },
  );
});
