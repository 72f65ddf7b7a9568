import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall, smartExitCall } from '../support/openalgo-calls.ts';

test('a regular order is one POST to placeorder with the key in its body', async () => {
  await using server = await startHttpServer((response) =>
    answerJson(response, 200, { status: 'success', orderid: 'Z000001' }),
  );
  await using client = openTestClient({ baseUrl: `${server.url}/`, apiKey: 'k1' });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome).toEqual({ kind: 'accepted', brokerOrderId: 'Z000001', mode: 'live' });
  expect(server.heard).toHaveLength(1);
  expect(server.heard[0]).toMatchObject({ method: 'POST', path: '/api/v1/placeorder' });
  expect(server.heard[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-orderlane-order': 'order-1/1',
  });
  expect(JSON.parse(server.heard[0]?.body ?? '')).toEqual({
    apikey: 'k1',
    strategy: 'demo',
    exchange: 'NSE',
    symbol: 'SBIN',
    action: 'BUY',
    product: 'MIS',
    pricetype: 'MARKET',
    quantity: '10',
  });
});

test('a smart order goes to placesmartorder with its target', async () => {
  await using server = await startHttpServer((response) =>
    answerJson(response, 500, { status: 'error', message: 'No OpenPosition Found.' }),
  );
  await using client = openTestClient({ baseUrl: server.url });

  const placed = await client.placeOrder(smartExitCall());

  expect(placed.outcome.kind).toBe('no_action');
  expect(server.heard[0]?.path).toBe('/api/v1/placesmartorder');
  expect(JSON.parse(server.heard[0]?.body ?? '')).toMatchObject({ position_size: '0' });
});

test('an address with a path keeps it', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 200, {}));
  await using client = openTestClient({ baseUrl: `${server.url}/behind/proxy/` });

  await client.placeOrder(regularCall());

  expect(server.heard[0]?.path).toBe('/behind/proxy/api/v1/placeorder');
});

test('what was answered is told with its instants, and cut when it is long', async () => {
  await using server = await startHttpServer((response) =>
    answerJson(response, 502, `<html>${'x'.repeat(5000)}`),
  );
  await using client = openTestClient({ baseUrl: server.url });

  const placed = await client.placeOrder(regularCall());

  expect(placed.outcome.kind).toBe('indeterminate');
  expect(placed.httpStatus).toBe(502);
  expect(placed.answerText).toHaveLength(2000);
  const { startedAt, sentAt, answeredAt } = placed;
  expect(sentAt?.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
  expect(answeredAt?.getTime()).toBeGreaterThanOrEqual(sentAt?.getTime() ?? Number.NaN);
});
