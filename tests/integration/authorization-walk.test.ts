import { readFile } from 'node:fs/promises';
import { createConsoleApp } from '@orderlane/console/app';
import { expect, test } from 'vitest';
import { renderAuthorization } from '../../tools/src/authorization.ts';
import { accountOf, strategyBy } from '../support/console-fixtures.ts';
import type { Called, Caller } from '../support/here-console.ts';
import { examples } from '../support/operations/examples.ts';
import { openScene, type Person, type Scene } from '../support/operations/scene.ts';

interface Row {
  /** As `POST /accounts/{id}/edit`. */
  name: string;
  access: string;
}

async function readTable(): Promise<Row[]> {
  const document = await readFile(new URL('../../docs/authorization.md', import.meta.url), 'utf8');
  const rows = document.matchAll(/^\| ([A-Z]+) \| `(\S+)` \| (\w+) \|/gm);
  return [...rows].map(([, method, path, access = '']) => ({ name: `${method} ${path}`, access }));
}

test('docs/authorization.md is what `npm run docs` writes', async () => {
  const document = new URL('../../docs/authorization.md', import.meta.url);
  expect(await readFile(document, 'utf8')).toBe(renderAuthorization());
});

test('every route of the console is in the table, and no other', async () => {
  await using scene = await openScene();
  const { routes } = createConsoleApp(scene.deps);
  const answering = routes.filter(({ method }) => method !== 'ALL');
  const names = answering.map(({ method, path }) => {
    const plain = path
      .replaceAll(/:(\w+)(\{[^/]*\})?/g, '{$1}')
      .replace(/^\/queues.*/, '/queues/*');
    return `${method} ${plain}`;
  });
  // Bull Board has changes of its own; they are refused before it, whoever asks.
  const known = new Set(names.filter((name) => !/^(?!GET )\w+ \/queues/.test(name)));
  const table = (await readTable()).map(({ name }) => name);
  expect([...known].toSorted()).toEqual(table.toSorted());
});

async function operationsOf(isMeant: (row: Row) => boolean): Promise<Row[]> {
  const rows = (await readTable()).filter((row) => row.name in examples && isMeant(row));
  expect(rows.length).toBeGreaterThan(5);
  return rows;
}

async function ask(by: Caller, name: string, asked: { path: string; body?: unknown }) {
  if (name.startsWith('GET ')) return await by.get(asked.path);
  return await by.post(asked.path, asked.body);
}

/** Calls an operation as it would succeed, as somebody. */
async function callAs(scene: Scene, by: Caller, { name, who }: { name: string; who: Person }) {
  const asked = await examples[name]?.ask(scene, who);
  if (asked === undefined) throw new Error(`There is no example of ${name}`);
  // Where an example brings a caller in the right state, that one stands for a session of `by`.
  const isOwn = asked.as !== undefined && by === who;
  return await ask(isOwn ? (asked.as ?? by) : by, name, asked);
}

const refusals: Record<number, string> = { 401: 'not_signed_in', 403: 'not_allowed' };

function expectAnswer(what: unknown, called: Called, status: number): void {
  const code = status in refusals ? { body: { code: refusals[status] } } : {};
  expect([what, called]).toMatchObject([what, { status, ...code }]);
}

/** What each access level answers a person or a program of Asha's tenant, of another, or an administrator. */
const statuses: Record<string, Record<string, number>> = {
  read: { nobody: 401, viewer: 200, trader: 200, admin: 200, readKey: 200, tradeKey: 200 },
  trade: { nobody: 401, viewer: 403, trader: 200, admin: 200, readKey: 403, tradeKey: 200 },
  admin: { nobody: 401, viewer: 403, trader: 403, admin: 200, readKey: 403, tradeKey: 403 },
  person: { nobody: 401, viewer: 200, trader: 200, admin: 200, readKey: 403, tradeKey: 403 },
};

async function callersOf(scene: Scene): Promise<Record<string, { by: Caller; who: Person }>> {
  const { asha, viewer, admin } = scene;
  return {
    nobody: { by: scene.browser(), who: asha },
    viewer: { by: viewer, who: viewer },
    trader: { by: asha, who: asha },
    admin: { by: admin, who: admin },
    readKey: { by: await scene.keyOf(asha, ['read']), who: asha },
    tradeKey: { by: await scene.keyOf(asha, ['trade']), who: asha },
  };
}

test.each(Object.keys(statuses))(
  'operations of access %s answer nobody, viewer, trader, administrator and keys so',
  async (level) => {
    await using scene = await openScene();
    const callers = await callersOf(scene);
    for (const { name } of await operationsOf((row) => row.access === level)) {
      for (const [caller, status] of Object.entries(statuses[level] ?? {})) {
        const { by, who } = callers[caller] ?? { by: scene.browser(), who: scene.asha };
        expectAnswer([name, caller], await callAs(scene, by, { name, who }), status);
      }
    }
  },
);

test('no trader reaches what is of another tenant', async () => {
  await using scene = await openScene();
  const { ravi } = scene;
  const key = await scene.keyOf(ravi, ['admin']);
  for (const row of await operationsOf(({ access }) => access !== 'public')) {
    const status = statusForOthers(row);
    for (const by of status === 403 || row.access === 'person' ? [ravi] : [ravi, key]) {
      const called = await callAs(scene, by, { name: row.name, who: ravi });
      expectAnswer([row.name, 'ravi'], called, status);
      expect([row.name, called.text]).toEqual([row.name, expect.not.stringMatching(/asha/i)]);
    }
  }
});

test('no trader reaches it by an id in a body, in a query or behind an id of the own', async () => {
  await using scene = await openScene();
  const { ravi } = scene;
  const { accountId, strategyId, mappingId } = await scene.newStrategy();
  const own = { name: 'own', account_id: await accountOf(scene, ravi.user.tenant_id) };
  const { id } = await strategyBy(ravi, own);
  const mapping = { symbol: 'SBIN', exchange: 'NSE', product: 'CNC', quantity: 5 };
  for (const [path, body] of [
    ['/strategy/new', { ...own, name: 'two', platform: 'python', account_id: accountId }],
    [`/strategy/${id}/edit`, { account_id: accountId }],
    [`/strategy/${id}/symbols/${mappingId}/edit`, mapping],
    [`/strategy/${id}/symbols/${mappingId}/delete`, {}],
    ['/brakes/stop', { scope: 'account', id: accountId }],
    ['/brakes/resume', { scope: 'account', id: accountId }],
  ] as const) {
    expectAnswer(path, await ravi.post(path, body), 404);
  }
  await scene.newOrder();
  for (const list of ['/orders', '/signals', '/square-offs', '/closings']) {
    const { body } = await ravi.get(`${list}?strategy=${strategyId}`);
    expect([list, body]).toMatchObject([list, { data: [] }]);
  }
});

/** What a trader is answered about something of another tenant, or about what is the trader's own. */
function statusForOthers({ name, access }: Row): number {
  if (access === 'admin') return 403;
  return examples[name]?.of === 'whoever' ? 200 : 404;
}

test('an administrator’s key is one within its scope; a viewer’s or trader’s key is never more than its owner', async () => {
  await using scene = await openScene();
  const [adminKey, readKey, tradersKey, viewersKey] = [
    await scene.keyOf(scene.admin, ['admin']),
    await scene.keyOf(scene.admin, ['read']),
    await scene.keyOf(scene.asha, ['admin']),
    await scene.keyOf(scene.viewer, ['trade']),
  ];
  expect((await adminKey.get('/users')).status).toBe(200);
  for (const by of [readKey, tradersKey]) expectAnswer('users', await by.get('/users'), 403);
  expect((await viewersKey.get('/orders')).status).toBe(200);
  const stop = { name: 'POST /brakes/stop', who: scene.asha };
  expectAnswer('stop', await callAs(scene, viewersKey, stop), 403);
});

/** What callers of each level are answered: nobody, a trader, an administrator. */
const pageStatuses: Record<string, readonly number[]> = {
  public: [200, 200, 200],
  // To be signed in first.
  read: [302, 200, 200],
  admin: [401, 403, 200],
};

test('what is no operation is public by its row or a page for whoever is signed in, and the queues are an administrator’s', async () => {
  await using scene = await openScene();
  const others = (await readTable()).filter(({ name }) => !(name in examples));
  expect(others.length).toBeGreaterThan(5);
  const front = await scene.admin.get('/', { accept: 'text/html' });
  const asset = /\/assets\/[\w.-]+\.js/.exec(front.text)?.[0] ?? '';
  for (const { name, access } of others) {
    const path = name
      .slice('GET '.length)
      .replace('/assets/{file}', asset)
      .replace('{file}', 'start.js')
      .replace('/*', '/');
    if (path === '/sign-in/link') continue; // without a token it has nothing to show
    const headers: Record<string, string> = access === 'read' ? { accept: 'text/html' } : {};
    const callers = [scene.browser(), scene.asha, scene.admin];
    for (const [index, by] of callers.entries()) {
      const expected = pageStatuses[access]?.[index] ?? 0;
      expectAnswer([name, index], await by.get(path, headers), expected);
    }
  }
});
