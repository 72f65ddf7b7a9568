import { setImmediate as nextTurn } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';
import { createSelfSigned } from '../support/self-signed.ts';
import { startTlsFront } from '../support/tls-far-side.ts';

const tooLate = { kind: 'not_sent', cause: 'too_late' };
const tls = createSelfSigned();

beforeAll(() => setDefaultCACertificates([...getCACertificates(), tls.cert]));

async function startAcceptingServer() {
  return await startHttpServer((response) =>
    answerJson(response, 200, { status: 'success', orderid: '1' }),
  );
}

test('a send window that is over: no connection is even opened', async () => {
  await using server = await startAcceptingServer();
  await using client = openTestClient({ baseUrl: server.url });

  const placed = await client.placeOrder(regularCall(performance.now()));

  expect(placed.outcome).toMatchObject(tooLate);
  expect(placed.sentAt).toBeNull();
  expect(server.sockets).toHaveLength(0);
});

test('a process that stood still until the window was over writes nothing', async () => {
  await using server = await startAcceptingServer();
  await using client = openTestClient({ baseUrl: server.url });

  const placing = client.placeOrder(regularCall(performance.now() + 40));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);

  expect((await placing).outcome).toMatchObject(tooLate);
  expect(server.heard).toHaveLength(0);
  const next = await client.placeOrder(regularCall());
  expect(next.outcome.kind).toBe('accepted');
  expect(server.heard).toHaveLength(1);
});

test('a TLS connection that is ready only after the window carries no request', async () => {
  await using server = await startAcceptingServer();
  const opening = Promise.withResolvers<void>();
  await using front = await startTlsFront({
    behindPort: server.port,
    tls,
    opening: opening.promise,
  });
  await using client = openTestClient({ baseUrl: front.url, connectTimeoutMs: 10_000 });

  const sendBy = performance.now() + 50;
  const placing = client.placeOrder(regularCall(sendBy));
  setTimeout(opening.resolve, 60);

  expect((await placing).outcome).toMatchObject(tooLate);
  expect(server.heard).toHaveLength(0);
  expect((await client.placeOrder(regularCall())).outcome.kind).toBe('accepted');
  expect(server.heard).toHaveLength(1);
});

test('a kept connection is no way around the window', async () => {
  await using server = await startAcceptingServer();
  await using client = openTestClient({ baseUrl: server.url, keepAliveIdleMs: 30_000 });
  await client.placeOrder(regularCall());
  await nextTurn();

  const placing = client.placeOrder(regularCall(performance.now() + 20));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);

  expect((await placing).outcome).toMatchObject(tooLate);
  expect(server.heard).toHaveLength(1);
  expect(server.sockets).toHaveLength(1);
});
