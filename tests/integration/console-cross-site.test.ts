import { expect, test } from 'vitest';
import { openConsole, testPassword } from '../support/here-console.ts';

const refused = { status: 403, body: { code: 'cross_site' } };

test('a page elsewhere cannot make a browser change anything', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const { cookie = '' } = asha.credentials();
  const change = async (headers: Record<string, string>) => {
    const response = await fetch(`${console.url}/keys/new`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'planted', scopes: ['trade'] }),
    });
    return { status: response.status, body: await response.json() };
  };
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: console.url.replace('http', 'https') },
    { origin: `${console.url}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]) {
    expect([headers, await change(headers as Record<string, string>)]).toMatchObject([
      headers,
      refused,
    ]);
  }
  expect(await console.db.selectFrom('api_keys').selectAll().execute()).toEqual([]);
  expect((await change({ origin: console.url })).status).toBe(200);
  expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test('nobody is signed in by a page elsewhere', async () => {
  await using console = await openConsole();
  const { email } = await console.addUser({ name: 'asha', role: 'trader' });
  const elsewhere = { origin: 'https://evil.example' };
  const credentials = { email, password: testPassword };
  expect(await console.browser().post('/sign-in', credentials, elsewhere)).toMatchObject(refused);
  const form = new URLSearchParams(credentials).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', ...elsewhere };
  expect(await console.browser().post('/sign-in', form, type)).toMatchObject(refused);
});
