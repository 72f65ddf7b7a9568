import { expect, test } from 'vitest';
import { answerJson, startHttpServer, startTcpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';
import { createSelfSigned } from '../support/self-signed.ts';
import { startTlsFront } from '../support/tls-far-side.ts';

const unreachable = { kind: 'not_sent', cause: 'unreachable' };

async function freePort(): Promise<number> {
  await using server = await startTcpServer(() => undefined);
  return server.port;
}

test('nobody listens: surely not sent', async () => {
  await using client = openTestClient({ baseUrl: `http://127.0.0.1:${await freePort()}` });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome).toMatchObject(unreachable);
  expect(placed.outcome).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') });
  expect(placed).toMatchObject({ sentAt: null, answeredAt: null, httpStatus: null });
});

test('no such host: surely not sent', async () => {
  await using client = openTestClient({ baseUrl: 'http://openalgo.invalid' });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject(unreachable);
});

test('the other side does not speak TLS: surely not sent', async () => {
  const received: string[] = [];
  await using server = await startTcpServer((socket) => {
    socket.on('data', (chunk) => {
      received.push(chunk.toString('latin1'));
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
  });
  await using client = openTestClient({ baseUrl: `https://127.0.0.1:${server.port}` });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject(unreachable);
  expect(received.join('')).not.toContain('placeorder');
});

test('TLS that never gets ready ends with the connect timeout: surely not sent', async () => {
  await using server = await startTcpServer(() => undefined);
  await using client = openTestClient({
    baseUrl: `https://127.0.0.1:${server.port}`,
    connectTimeoutMs: 100,
  });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject(unreachable);
});

test('a call that times out while it still connects was not sent', async () => {
  await using server = await startTcpServer(() => undefined);
  await using client = openTestClient({
    baseUrl: `https://127.0.0.1:${server.port}`,
    connectTimeoutMs: 400,
    callTimeoutMs: 50,
  });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject(unreachable);
});

test('a certificate that nobody vouches for: surely not sent', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 200, {}));
  const tls = createSelfSigned();
  await using front = await startTlsFront({ behindPort: server.port, tls });
  await using client = openTestClient({ baseUrl: front.url });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject({
    ...unreachable,
    reason: expect.stringContaining('SELF_SIGNED'),
  });
  expect(server.heard).toHaveLength(0);
});
