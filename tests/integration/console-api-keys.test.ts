import { expect, test } from 'vitest';
import { openConsole } from '../support/here-console.ts';

const unknown = { status: 401, body: { code: 'not_signed_in' } };

test('a key is shown once and stored as a hash', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const made = await asha.post('/keys/new', { name: 'bot', scopes: ['trade'] });
  const { id, key } = made.body['data'] as { id: string; key: string };
  expect(key).toMatch(/^ol_\w{64}$/);

  expect((await asha.get('/keys')).body).toMatchObject({
    data: [{ id, name: 'bot', scopes: ['trade'], expires_at: null, last_used_at: null }],
  });
  const stored = await console.db.selectFrom('api_keys').selectAll().execute();
  const written = await console.db.selectFrom('audit_log').selectAll().execute();
  expect(JSON.stringify([stored, written])).not.toContain(key.slice(3));
  expect(written.map(({ what, who }) => [what, who])).toContainEqual([
    'key.create',
    'console:asha@example.com',
  ]);
});

test('a key is its owner within its scopes', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const keyWith = async (scopes: string[]) => {
    const { body } = await admin.post('/keys/new', { name: scopes.join(), scopes });
    return console.program((body['data'] as { key: string }).key);
  };
  const [read, all] = [await keyWith(['read']), await keyWith(['admin'])];
  expect((await read.get('/me')).body).toMatchObject({ data: { by: 'key', scopes: ['read'] } });
  expect(await read.get('/users')).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  expect((await all.get('/users')).status).toBe(200);

  // No key makes keys, whatever its scopes: a person does.
  const wish = { name: 'more', scopes: ['admin'] };
  expect(await all.post('/keys/new', wish)).toMatchObject({ body: { code: 'not_allowed' } });
  expect(await all.get('/keys')).toMatchObject({ body: { code: 'not_allowed' } });
});

test('an expired, a revoked and a made-up key are none', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const make = async (name: string) => {
    const wish = { name, scopes: ['read'], expires_in_days: 30 };
    const { body } = await asha.post('/keys/new', wish);
    return body['data'] as { id: string; key: string };
  };
  const [revoked, expired] = [await make('one'), await make('two')];
  expect((await console.program(expired.key).get('/me')).status).toBe(200);

  const ravi = await console.person({ name: 'ravi', role: 'trader' });
  const notHis = { status: 404, body: { code: 'unknown_key' } };
  expect(await ravi.post(`/keys/${revoked.id}/revoke`)).toMatchObject(notHis);
  expect((await asha.post(`/keys/${revoked.id}/revoke`)).status).toBe(200);
  expect(await console.program(revoked.key).get('/me')).toMatchObject(unknown);

  const passed = { expires_at: new Date(Date.now() - 1000) };
  await console.db.updateTable('api_keys').set(passed).execute();
  expect(await console.program(expired.key).get('/me')).toMatchObject(unknown);
  for (const key of [`ol_${'x'.repeat(64)}`, 'x', '']) {
    expect(await console.program(key).get('/me')).toMatchObject(unknown);
  }
  const basic = { authorization: `Basic ${expired.key}` };
  expect(await console.browser().get('/me', basic)).toMatchObject(unknown);
});
