import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall } from '../support/openalgo-calls.ts';
import { openSimulator } from '../support/simulator.ts';

test.each(['regular', 'smart'] as const)('the %s endpoint of today takes none', async (lane) => {
  await using simulator = await openSimulator();
  await using client = openTestClient({ baseUrl: simulator.url });
  expect(await client.takesClientOrderId({ lane })).toBe(false);
});

test.each(['regular', 'smart'] as const)('the %s endpoint of a newer one does', async (lane) => {
  await using simulator = await openSimulator({ mode: 'analyze', clientOrderIds: true });
  await using client = openTestClient({ baseUrl: simulator.url });
  expect(await client.takesClientOrderId({ lane })).toBe(true);
});

test('the question holds nothing that an order could be made of, nor the key', async () => {
  await using server = await startHttpServer((response) => answerJson(response, 400, {}));
  await using client = openTestClient({ baseUrl: server.url });
  await client.takesClientOrderId({ lane: 'regular' });
  const [heard] = server.heard;
  expect(heard?.path).toBe('/api/v1/placeorder');
  expect(Object.keys(JSON.parse(heard?.body ?? ''))).toEqual(['client_order_id']);
});

const missing = 'Missing data for required field.';

test.each([
  ['a limit on its length', `{'symbol': ['${missing}'], 'client_order_id': ['Longer.']}`],
  ['a list that is an object', { symbol: [missing], client_order_id: ['Unknown field.'] }],
])('%s means no', async (_what, message) => {
  await using server = await startHttpServer((response) =>
    answerJson(response, 400, { status: 'error', message }),
  );
  await using client = openTestClient({ baseUrl: server.url });
  expect(await client.takesClientOrderId({ lane: 'regular' })).toBe(false);
});

test.each([
  ['a success', 200, { status: 'success', orderid: '1' }],
  ['a refusal of the key first', 403, { status: 'error', message: 'Invalid openalgo apikey' }],
  ['its limiter', 429, { message: '10 per 1 second' }],
  ['a list without the fields that are missing', 400, { status: 'error', message: 'Bad request' }],
  ['a page', 502, '<html>'],
])('%s says nothing', async (_what, status, body) => {
  await using server = await startHttpServer((response) => answerJson(response, status, body));
  await using client = openTestClient({ baseUrl: server.url });
  expect(await client.takesClientOrderId({ lane: 'regular' })).toBeNull();
});

const withId = () => {
  const call = regularCall();
  const payload = { ...call.payload, client_order_id: 'mine-1' };
  return { ...call, payload } as typeof call;
};
const unknown = "{'client_order_id': ['Unknown field.']}";

const error = (message: string) => ({ status: 'error', message });

test.each<[string, string, [httpStatus: number, body: object]]>([
  ['unknown', 'not_sent', [400, error(unknown)]],
  [
    'unknown, among other things',
    'not_sent',
    [400, error("{'action': ['No.'], 'client_order_id': ['Unknown field.']}")],
  ],
  ['known already', 'rejected', [400, error('client_order_id was used')]],
  [
    'of a form that is refused',
    'rejected',
    [400, error("{'client_order_id': ['Not a valid UUID.']}")],
  ],
  ['unknown, and an order', 'indeterminate', [400, { ...error(unknown), orderid: '7' }]],
  ['unknown, by a server that fails', 'indeterminate', [500, error(unknown)]],
  ['in dispute', 'indeterminate', [409, error(unknown)]],
  [
    'known from before',
    'indeterminate',
    [200, { status: 'success', orderid: '7', duplicate: true }],
  ],
])('an order whose id is %s: %s', async (_what, kind, [status, body]) => {
  await using server = await startHttpServer((response) => answerJson(response, status, body));
  await using client = openTestClient({ baseUrl: server.url });
  const { outcome } = await client.placeOrder(withId());
  expect(outcome.kind).toBe(kind);
  if (outcome.kind === 'not_sent') expect(outcome.cause).toBe('unknown_field');
});

test('an order that was sent without an id is never sent again for one', async () => {
  await using server = await startHttpServer((response) =>
    answerJson(response, 400, { status: 'error', message: unknown }),
  );
  await using client = openTestClient({ baseUrl: server.url });
  expect((await client.placeOrder(regularCall())).outcome.kind).toBe('rejected');
});
