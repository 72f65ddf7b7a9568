import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startConsoleProcess } from '../support/console.ts';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { createBrowser, openConsole, testPassword } from '../support/here-console.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('a first start prints a link that makes the administrator, once, who finds what was there', async () => {
  await using parts = await freshParts();
  await makeAccount(parts.db, { name: 'of the command line' });
  await using board = await startConsoleProcess(parts);
  const { url } = (await board.waitForEvent('first_sign_in')) as { url: string };
  const browser = createBrowser(board.url);
  const path = url.slice(board.url.length);
  const page = await browser.get(path);
  expect(page.status).toBe(200);
  expect(page.text).toContain('First administrator');

  const token = new URL(url).searchParams.get('token') ?? '';
  const fields = { token, email: 'Asha@Example.com', password: testPassword };
  const short = new URLSearchParams({ ...fields, password: 'short' }).toString();
  expect((await browser.post('/sign-in/link', short, form)).status).toBe(400);
  const nameless = new URLSearchParams({ ...fields, email: '' }).toString();
  expect((await browser.post('/sign-in/link', nameless, form)).status).toBe(400);
  const used = await browser.post('/sign-in/link', new URLSearchParams(fields).toString(), form);
  expect([used.status, used.headers.get('location')]).toEqual([303, '/']);
  expect((await browser.get('/me')).body).toMatchObject({
    data: { id: 'owner', email: 'asha@example.com', role: 'admin', tenant_id: 'owner' },
  });

  const again = { token, email: 'eve@example.com', password: testPassword };
  const second = await createBrowser(board.url).post('/sign-in/link', again);
  expect(second).toMatchObject({ status: 400, body: { code: 'link_invalid' } });
  expect((await createBrowser(board.url).get(path)).status).toBe(400);
  expect(await board.stop()).toMatchObject({ code: 0 });

  await using next = await startConsoleProcess(parts);
  await next.stop();
  expect(next.logs().filter(({ event }) => event === 'first_sign_in')).toEqual([]);
});

test('ADMIN_EMAIL and ADMIN_PASSWORD make the administrator, and change nobody later', async () => {
  await using parts = await freshParts();
  const env = { ADMIN_EMAIL: 'Asha@example.com', ADMIN_PASSWORD: testPassword };
  await using first = await startConsoleProcess(parts, env);
  const credentials = { email: 'asha@example.com', password: testPassword };
  expect((await createBrowser(first.url).post('/sign-in', credentials)).status).toBe(200);
  await first.stop();

  const other = { ADMIN_EMAIL: 'eve@example.com', ADMIN_PASSWORD: 'another password' };
  await using second = await startConsoleProcess(parts, other);
  const eve = { email: 'eve@example.com', password: 'another password' };
  expect((await createBrowser(second.url).post('/sign-in', eve)).status).toBe(401);
  expect((await createBrowser(second.url).post('/sign-in', credentials)).status).toBe(200);
});

test('ADMIN_PASSWORD alone is named as a mistake', async () => {
  await using parts = await freshParts();
  await expect(startConsoleProcess(parts, { ADMIN_PASSWORD: testPassword })).rejects.toThrow(
    /ADMIN_EMAIL is missing/,
  );
});

test('another secret key is told at the start, in words that say what to do', async () => {
  await using parts = await freshParts();
  await using first = await startConsoleProcess(parts);
  await first.stop();
  const secret = randomBytes(32).toString('base64');
  const start = startConsoleProcess(parts, { ORDERLANE_SECRET_KEY: secret });
  await expect(start).rejects.toThrow(/ORDERLANE_SECRET_KEY is not the key of this database/);
});

test('an expired link is none', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const wish = { name: 'Ravi', email: 'ravi@example.com', role: 'viewer' };
  const { link } = (await admin.post('/users/new', wish)).body['data'] as { link: string };
  await console.db
    .updateTable('sign_in_links')
    .set({ expires_at: new Date(0) })
    .execute();
  const token = new URL(link).searchParams.get('token');
  const used = await console.browser().post('/sign-in/link', { token, password: testPassword });
  expect(used).toMatchObject({ status: 400, body: { code: 'link_invalid' } });
});

test('nobody signs up by himself, unless the operator lets everybody', async () => {
  const wish = { name: 'Eve', email: 'eve@example.com', password: testPassword };
  {
    await using console = await openConsole();
    const refused = await console.browser().post('/sign-up', wish);
    expect(refused).toMatchObject({ status: 403, body: { code: 'sign_up_closed' } });
    expect(await console.db.selectFrom('users').selectAll().execute()).toEqual([]);
  }
  await using open = await openConsole({ SIGN_UP: 'open' });
  await open.addUser({ name: 'owner', role: 'admin' });
  const browser = open.browser();
  expect((await browser.post('/sign-up', wish)).status).toBe(200);
  const me = (await browser.get('/me')).body['data'] as Record<string, string>;
  expect(me).toMatchObject({ role: 'trader', email: 'eve@example.com' });
  expect(me['tenant_id']).toBe(me['id']);
  expect(await browser.post('/sign-up', wish)).toMatchObject({ body: { code: 'user_exists' } });
});
