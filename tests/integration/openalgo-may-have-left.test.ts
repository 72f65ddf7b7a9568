import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { answerJson, startHttpServer, startTcpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';

const requestEnd = '"}';

/** Counts whole requests and does `misbehave` with the connection after each. */
async function startMisbehaving(misbehave: (socket: Socket) => void) {
  const requests: string[] = [];
  const server = await startTcpServer((socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!text.endsWith(requestEnd)) return;
      requests.push(text);
      text = '';
      misbehave(socket);
    });
  });
  return { ...server, requests };
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

const accepted = '{"status":"success","orderid":"1"}';

test.each<[string, (socket: Socket) => void]>([
  ['a reset after the request', (socket) => socket.resetAndDestroy()],
  ['a close without an answer', (socket) => socket.end()],
  ['half a head', (socket) => socket.end('HTTP/1.1 200 O')],
  ['a body that ends too early', (socket) => socket.end(`${head}content-length: 99\r\n\r\n{"st`)],
  [
    'a chunk that never ends',
    (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\nff\r\n{`),
  ],
  ['no HTTP at all', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  [
    'gzip that is none',
    (socket) => socket.end(`${head}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`),
  ],
])('%s: may have been placed, and is not sent again', async (_name, misbehave) => {
  await using server = await startMisbehaving(misbehave);
  await using client = openTestClient({ baseUrl: server.url });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome.kind).toBe('indeterminate');
  expect(placed.sentAt).toBeInstanceOf(Date);
  expect(server.requests).toHaveLength(1);
});

test.each<[string, (socket: Socket) => void]>([
  ['no answer', () => undefined],
  [
    'an answer that stops in its body',
    (socket) => socket.write(`${head}content-length: 99\r\n\r\n{`),
  ],
])('%s in the time of the call: may have been placed', async (_name, misbehave) => {
  await using server = await startMisbehaving(misbehave);
  await using client = openTestClient({ baseUrl: server.url, callTimeoutMs: 150 });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome).toMatchObject({ kind: 'indeterminate' });
  expect(placed.outcome).toMatchObject({ reason: expect.stringContaining('no answer in 150 ms') });
  expect(server.requests).toHaveLength(1);
});

test('a kept connection that the other side closes under the request', async () => {
  let answered = 0;
  await using server = await startMisbehaving((socket) => {
    answered += 1;
    if (answered > 1) socket.resetAndDestroy();
    else socket.write(`${head}content-length: ${accepted.length}\r\n\r\n${accepted}`);
  });
  await using client = openTestClient({ baseUrl: server.url });

  expect((await client.placeOrder(regularCall())).outcome.kind).toBe('accepted');
  await nextTurn();
  expect((await client.placeOrder(regularCall())).outcome.kind).toBe('indeterminate');
  expect(server.sockets).toHaveLength(1);
  expect(server.requests).toHaveLength(2);
});

test('a 421, which fetch would send again, is sent once', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 421, {}));
  await using client = openTestClient({ baseUrl: server.url });

  expect((await client.placeOrder(regularCall())).outcome.kind).toBe('indeterminate');
  expect(server.heard).toHaveLength(1);
});

test.each([301, 302, 307, 308])('a redirect by %d is not followed', async (httpStatus) => {
  await using elsewhere = await startHttpServer((response) => answerJson(response, 200, {}));
  await using server = await startHttpServer((response) => {
    response.writeHead(httpStatus, { location: `${elsewhere.url}/api/v1/placeorder` });
    response.end();
  });
  await using client = openTestClient({ baseUrl: server.url });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome.kind).toBe('indeterminate');
  expect(placed.httpStatus).toBe(httpStatus);
  expect(server.heard).toHaveLength(1);
  expect(elsewhere.sockets).toHaveLength(0);
});
