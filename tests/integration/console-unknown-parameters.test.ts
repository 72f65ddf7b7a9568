import { expect, test } from 'vitest';
import { openConsole } from '../support/here-console.ts';

interface Methods {
  get?: Record<string, unknown>;
}

test('a parameter that an operation does not know is refused by name', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  const { body } = await admin.get('/openapi.json');
  const paths = Object.entries(body['paths'] as Record<string, Methods>);
  const isList = (path: string, { get }: Methods) =>
    get !== undefined && get['x-access'] !== 'public' && !path.includes('{');
  const lists = paths.filter(([path, methods]) => isList(path, methods));
  expect(lists.map(([path]) => path)).toEqual(
    expect.arrayContaining(['/orders', '/signals', '/strategy', '/accounts', '/alerts', '/audit']),
  );
  for (const [path] of lists) {
    expect([path, await admin.get(`${path}?strategi=1`)]).toMatchObject([
      path,
      {
        status: 400,
        body: { code: 'invalid_request', details: expect.arrayContaining([named('strategi')]) },
      },
    ]);
  }
  expect(await admin.get('/orders?limit=5&strategy=1')).toMatchObject({ status: 200 });
});

test('an id that is none, and a body that is no JSON, are told in words', async () => {
  await using console = await openConsole();
  const admin = await console.person({ name: 'root', role: 'admin' });
  expect(await admin.get('/strategy/abc')).toMatchObject({
    status: 400,
    body: { error: 'id: An id is a whole number from 1 on' },
  });
  const form = { 'content-type': 'application/xml' };
  expect(await admin.post('/strategy/new', '<strategy/>', form)).toMatchObject({
    status: 415,
    body: { code: 'unsupported_media_type' },
  });
});

function named(field: string) {
  return { field, error: expect.any(String) };
}
