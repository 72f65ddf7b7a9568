import { expect, test } from 'vitest';
import { openConsole } from '../support/here-console.ts';
import { dripRaw, parseAnswer } from '../support/raw-call.ts';

test('the console cuts off who drips a change, and changes nothing', async () => {
  await using console = await openConsole();
  const ada = await console.person({ name: 'ada', role: 'admin' });
  const credentials = Object.entries(ada.credentials()).map(([name, value]) => `${name}: ${value}`);
  const lines = [
    'POST /brakes/stop HTTP/1.1',
    `Host: ${new URL(console.url).host}`,
    ...credentials,
    'Content-Type: application/json',
    'Content-Length: 100000',
  ];
  const before = await ada.get('/brakes');
  const dripped = await dripRaw(console.url, `${lines.join('\r\n')}\r\n\r\n`, ' ');
  expect(parseAnswer(dripped)).toMatchObject({ status: 408, body: { status: 'error' } });
  expect((await ada.get('/brakes')).body).toEqual(before.body);
});
