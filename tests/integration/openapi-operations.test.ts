import { expect, test } from 'vitest';
import type { Called, Caller } from '../support/here-console.ts';
import { faultsOf, type Operation, readOperations } from '../support/operations/described.ts';
import { examples } from '../support/operations/examples.ts';
import { openScene, type Scene } from '../support/operations/scene.ts';

async function operationsOf(scene: Scene): Promise<Operation[]> {
  return await readOperations((await scene.browser().get('/openapi.json')).body);
}

async function call(
  by: Caller,
  { name, path, body }: { name: string; path: string; body: unknown },
) {
  return name.startsWith('GET ') ? await by.get(path) : await by.post(path, body);
}

function faultsIn(operation: Operation, { status, headers, body, text }: Called): unknown {
  const type = headers.get('content-type') ?? '';
  return faultsOf(operation, { status, type, body: type.includes('json') ? body : text });
}

test('every operation answers what the document says, and nothing besides', async () => {
  await using scene = await openScene();
  const operations = await operationsOf(scene);
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(examples).toSorted());
  for (const operation of operations) {
    const { name, access } = operation;
    const who = access === 'admin' ? scene.admin : scene.asha;
    const { path = '', body, as = who } = (await examples[name]?.ask(scene, who)) ?? {};
    const called = await call(as, { name, path, body });
    expect([name, called]).toMatchObject([name, { status: 200 }]);
    expect([name, faultsIn(operation, called)]).toEqual([name, []]);
    // An empty list would say nothing about what is in it.
    if (Array.isArray(called.body['data']))
      expect([name, called.body['data']]).not.toEqual([name, []]);
  }
});

test('what is refused is in the document too: nobody, an id that is none, a body that is none', async () => {
  await using scene = await openScene();
  const refused: unknown[] = [];
  for (const operation of await operationsOf(scene)) {
    const { name, access } = operation;
    const wrong = { name, path: wrongPath(name), body: { colour: 'red' } };
    for (const by of access === 'public' ? [scene.browser()] : [scene.browser(), scene.admin]) {
      const called = await call(by, wrong);
      expect([name, called.status, faultsIn(operation, called)]).toEqual([name, called.status, []]);
      if (called.status !== 200) refused.push(called.body['code']);
    }
    const isClosed = access !== 'public';
    const nobody = await call(scene.browser(), wrong);
    expect([name, nobody.status === 401]).toEqual([name, isClosed]);
  }
  expect(new Set(refused)).toContain('unknown_account');
  expect(new Set(refused)).toContain('invalid_request');
});

/** An id that is none, or else a parameter that is none. */
function wrongPath(name: string): string {
  const [, path = ''] = name.replace('{mappingId}', '999999').replace('{id}', '999999').split(' ');
  return path.includes('999999') ? path : `${path}?limit=none`;
}

test('every operation is explained, with its errors', async () => {
  await using scene = await openScene();
  const { body } = await scene.browser().get('/openapi.json');
  expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Orderlane' } });
  for (const { name, summary, description, responses } of await operationsOf(scene)) {
    expect([name, summary, description]).toEqual([
      name,
      expect.stringMatching(/\w/),
      expect.stringMatching(/\w/),
    ]);
    for (const [status, response] of Object.entries(responses)) {
      expect([name, status, response.description]).toEqual([
        name,
        status,
        expect.stringMatching(status === '200' ? /\w/ : /^`\w+`: /),
      ]);
    }
    expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['200', '503'])]);
  }
});
