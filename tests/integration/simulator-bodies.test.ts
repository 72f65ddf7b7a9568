import { expect, test } from 'vitest';
import { openSimulator, simulatorKey } from '../support/simulator.ts';

async function send(url: string, path: string, init: RequestInit) {
  const response = await fetch(`${url}/api/v1/${path}`, { method: 'POST', ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const json = { 'content-type': 'application/json' };
const internal = { status: 500, body: { message: 'Internal Server Error' } };

test.each([
  ['placeorder', { status: 'error', message: 'An unexpected error occurred in the API endpoint' }],
  ['placesmartorder', { message: 'Internal Server Error' }],
  ['orderbook', { status: 'error', message: 'An unexpected error occurred' }],
])('%s answers 500 when the content type is not JSON', async (endpoint, body) => {
  await using simulator = await openSimulator();
  const reply = await send(simulator.url, endpoint, { body: '{}' });
  expect(reply).toEqual({ status: 500, body });
});

test('answers malformed JSON with the text of Flask', async () => {
  await using simulator = await openSimulator();
  const reply = await send(simulator.url, 'placeorder', { headers: json, body: '{bad' });
  const message = 'The browser (or proxy) sent a request that this server could not understand.';
  expect(reply).toEqual({ status: 400, body: { message } });
});

test('takes the NaN that Python takes for JSON, and refuses it as a number', async () => {
  await using simulator = await openSimulator();
  const body = `{"apikey":"${simulatorKey}","quantity":NaN}`;
  const reply = await send(simulator.url, 'placeorder', { headers: json, body });
  expect(reply.body['message']).toContain(
    "'quantity': ['Special numeric values (nan or infinity) are not permitted.']",
  );
});

test.each(['[]', 'null', '5', '"text"'])('refuses the body %s', async (body) => {
  await using simulator = await openSimulator({ mode: 'analyze' });
  const reply = await send(simulator.url, 'placeorder', { headers: json, body });
  const message = "{'_schema': ['Invalid input type.']}";
  expect(reply).toEqual({ status: 400, body: { status: 'error', message } });
  expect(await send(simulator.url, 'placesmartorder', { headers: json, body })).toEqual(internal);
});

test('a name that objects have of their own is an unknown field like any other', async () => {
  await using simulator = await openSimulator();
  const body = `{"apikey":"${simulatorKey}","__proto__":1}`;
  const reply = await send(simulator.url, 'ping', { headers: json, body });
  expect(reply.status).toBe(400);
  expect(JSON.stringify(reply.body)).toContain('"__proto__":["Unknown field."]');
});

test('knows a path with and without a slash, by POST alone', async () => {
  await using simulator = await openSimulator();
  const body = JSON.stringify({ apikey: simulatorKey });
  expect((await send(simulator.url, 'ping/', { headers: json, body })).status).toBe(200);
  const got = await send(simulator.url, 'ping', { method: 'GET' });
  const path = '/api/v1/ping';
  expect(got).toEqual({ status: 404, body: { status: 'error', message: 'Not found', path } });
});
