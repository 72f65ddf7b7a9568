import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';

const accepted = { status: 'success', orderid: '1' };

test('200 calls are under way at once: none waits for the answer of another', async () => {
  const open: ServerResponse[] = [];
  await using server = await startHttpServer((response) => {
    open.push(response);
    if (open.length < 200) return;
    for (const one of open) answerJson(one, 200, accepted);
  });
  await using client = openTestClient({ baseUrl: server.url, callTimeoutMs: 20_000 });

  const placed = await Promise.all(
    Array.from({ length: 200 }, async () => await client.placeOrder(regularCall())),
  );

  expect(placed.filter((one) => one.outcome.kind === 'accepted')).toHaveLength(200);
});

test('a connection is used again while it is fresh', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 200, accepted));
  await using client = openTestClient({ baseUrl: server.url, keepAliveIdleMs: 30_000 });

  await client.placeOrder(regularCall());
  // undici takes a connection back one turn after its answer.
  await nextTurn();
  await client.placeOrder(regularCall());

  expect(server.heard).toHaveLength(2);
  expect(server.sockets).toHaveLength(1);
});

test('a connection that idled is closed, whatever the other side allows', async () => {
  await using server = await startHttpServer((response) => {
    response.setHeader('keep-alive', 'timeout=600');
    answerJson(response, 200, accepted);
  });
  await using client = openTestClient({ baseUrl: server.url, keepAliveIdleMs: 50 });

  await client.placeOrder(regularCall());
  const [first] = server.sockets;
  if (first !== undefined && !first.closed) await once(first, 'close');
  await client.placeOrder(regularCall());

  expect(server.sockets).toHaveLength(2);
});

test('closing waits for the call under way', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  await using server = await startHttpServer(arrived.resolve);
  const client = openTestClient({ baseUrl: server.url });

  const placing = client.placeOrder(regularCall());
  const response = await arrived.promise;
  const closing = client.close();
  answerJson(response, 200, accepted);

  expect((await placing).outcome.kind).toBe('accepted');
  await closing;
});
