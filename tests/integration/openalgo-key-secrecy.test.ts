import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { answerJson, startHttpServer, startTcpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';

const apiKey = 'planted+key/"0123456789abcdef"';
const spellings = [apiKey, JSON.stringify(apiKey).slice(1, -1), encodeURIComponent(apiKey)];
const tail = '0123456789abcdef';

test.each([
  ['a refusal', 400, { status: 'error', message: `key ${apiKey} is not welcome` }],
  ['a page', 500, `<pre>${apiKey} ${encodeURIComponent(apiKey)}</pre>`],
  ['a long text, at the cut of the reason', 500, `${'x'.repeat(470)}${apiKey}`],
  ['a long text, at the cut of the answer', 500, `${'x'.repeat(1985)}${apiKey}`],
])('an answer that repeats the key: %s', async (_name, httpStatus, body) => {
  await using server = await startHttpServer((response) => answerJson(response, httpStatus, body));
  await using client = openTestClient({ baseUrl: server.url, apiKey });

  const said = [await client.placeOrder(regularCall()), await client.readOrderBook()];

  expect(server.heard).toHaveLength(2);
  const text = inspect(said, { depth: 9 });
  for (const spelling of [...spellings, tail]) expect(text).not.toContain(spelling);
});

test('a failure says nothing of the key', async () => {
  await using server = await startTcpServer((socket) => socket.resetAndDestroy());
  await using client = openTestClient({ baseUrl: server.url, apiKey });

  expect(inspect(await client.placeOrder(regularCall()), { depth: 9 })).not.toContain(tail);
});

test('the client itself does not show it', () => {
  expect(inspect(openTestClient({ baseUrl: 'http://127.0.0.1', apiKey }))).not.toContain(tail);
});
