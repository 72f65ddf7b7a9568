import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';

const pong = { status: 'success', data: { message: 'pong', broker: 'zerodha' } };

test('an address that no OpenAlgo has is not called, and an order to it is surely not sent', async () => {
  for (const baseUrl of ['http://169.254.169.254', 'http://2852039166', 'http://[fe80::1]:5000']) {
    await using client = openTestClient({ baseUrl });
    const reason = expect.stringMatching(/ADDRESS_REFUSED.*no address for an OpenAlgo/);
    expect(await client.ping()).toMatchObject({ kind: 'failure', cause: 'unreachable', reason });
    const { outcome } = await client.placeOrder(regularCall());
    expect(outcome).toMatchObject({ kind: 'not_sent', reason });
  }
});

test('private addresses are called unless the operator turned that off, by number and by name', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 200, pong));
  const { port } = new URL(server.url);
  for (const host of ['127.0.0.1', 'localhost']) {
    const baseUrl = `http://${host}:${port}`;
    await using allowed = openTestClient({ baseUrl });
    expect(await allowed.ping()).toMatchObject({ kind: 'success' });
    await using refused = openTestClient({ baseUrl, allowPrivate: false });
    const reason = expect.stringMatching(/ADDRESS_REFUSED.*ALLOW_PRIVATE_OPENALGO/);
    expect(await refused.ping()).toMatchObject({ cause: 'unreachable', reason });
  }
});

test('a redirect is not followed', async () => {
  const paths: string[] = [];
  await using elsewhere = await startHttpServer((response, { path }) => {
    paths.push(path);
    answerJson(response, 200, pong);
  });
  await using server = await startHttpServer((response) => {
    response.writeHead(307, { location: `${elsewhere.url}/api/v1/ping` }).end();
  });
  await using client = openTestClient({ baseUrl: server.url });
  expect((await client.ping()).kind).not.toBe('success');
  expect(paths).toEqual([]);
});
