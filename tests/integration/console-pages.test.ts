import { webUiPaths } from '@orderlane/console/pages/web-ui';
import { expect, test } from 'vitest';
import { dataOf } from '../support/console-fixtures.ts';
import { type Caller, testPassword } from '../support/here-console.ts';
import { openScene, type Scene } from '../support/operations/scene.ts';

const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** Fills a form of a page in and sends it, as a browser does. */
async function submit(by: Caller, path: string, fields: Record<string, string>) {
  const headers = {
    accept: browserAccept,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return await by.post(path, new URLSearchParams(fields).toString(), headers);
}

async function pathsOf(scene: Scene): Promise<string[]> {
  const { strategyId } = await scene.newStrategy();
  const [orderId, accountId] = [await scene.newOrder(), await scene.newAccount()];
  const { signal_id: signalId } = dataOf<{ signal_id: string }>(
    await scene.asha.get(`/orders/${orderId}`),
  );
  const ids: Record<string, unknown> = {
    strategy: strategyId,
    accounts: accountId,
    orders: orderId,
    signals: signalId,
  };
  return webUiPaths.map((path) =>
    path.replace(/:id(\{.*?\})?/, String(ids[path.split('/')[1] ?? ''])),
  );
}

test('a browser is led to the sign-in and on to the page it wanted; a program gets JSON there', async () => {
  await using scene = await openScene();
  const { admin } = scene;
  const page = { accept: browserAccept };
  for (const path of await pathsOf(scene)) {
    const stranger = scene.browser();
    const led = await stranger.get(path, page);
    const to = `/sign-in?next=${encodeURIComponent(path)}`;
    expect([path, led.status, led.headers.get('location')]).toEqual([path, 302, to]);

    const shown = await admin.get(path, page);
    expect([path, shown.status, shown.text]).toEqual([path, 200, expect.stringContaining('<html')]);
    expect([path, shown.headers.get('vary')]).toEqual([path, expect.stringContaining('Accept')]);
    const json = await admin.get(path, { accept: 'application/json' });
    expect([path, json]).toMatchObject([path, { status: 200, body: { status: 'success' } }]);
    expect([path, json.headers.get('vary')]).toEqual([path, expect.stringContaining('Accept')]);
  }
});

test('signing in and out by the pages’ own forms', async () => {
  await using scene = await openScene();
  const browser = scene.browser();
  const page = await browser.get('/sign-in?next=%2Forders', { accept: browserAccept });
  expect(page.text).toMatch(/<form method="post".*name="email".*name="password"/s);
  expect(page.text).toContain('value="/orders"');
  const fields = { email: scene.asha.user.email, password: 'a guess', next: '/orders' };
  const wrong = await submit(browser, '/sign-in', fields);
  expect([wrong.status, wrong.text]).toEqual([401, expect.stringContaining('<form')]);

  const right = await submit(browser, '/sign-in', { ...fields, password: testPassword });
  expect([right.status, right.headers.get('location')]).toEqual([303, '/orders']);
  const shown = await browser.get('/me');
  expect([shown.status, shown.body]).toMatchObject([200, { data: { email: 'asha@example.com' } }]);
  const out = await submit(browser, '/sign-out', {});
  expect([out.status, out.headers.get('location')]).toEqual([303, '/sign-in']);
  expect((await browser.get('/me')).status).toBe(401);
});
