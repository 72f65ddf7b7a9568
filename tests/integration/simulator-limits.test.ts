import { expect, test } from 'vitest';
import { openSimulator, order, simulatorKey, smartOrder } from '../support/simulator.ts';

const limits = { order: '3 per hour', smartOrder: '2 per hour', api: '50 per hour' };

test('answers 429 without a status when the limit is full, and nothing is executed', async () => {
  await using simulator = await openSimulator({ limits });
  const replies = [];
  for (let call = 0; call < 4; call += 1) replies.push(await simulator.post('placeorder', order()));
  expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 429]);
  expect(replies[3]?.body).toEqual({ message: '3 per 1 hour' });
  expect(await simulator.control('POST books')).toMatchObject({
    live: { orders: [{}, {}, {}] },
  });
});

test('tells nothing of the limit in the headers', async () => {
  await using simulator = await openSimulator({ limits: { ...limits, order: '1 per hour' } });
  await simulator.post('placeorder', order());
  const response = await fetch(`${simulator.url}/api/v1/placeorder`, { method: 'POST' });
  expect(response.status).toBe(429);
  const names = [...response.headers.keys()];
  expect(names.filter((name) => /retry|limit|simulator/.test(name))).toEqual([]);
});

test('counts each endpoint by itself, and wrong calls too', async () => {
  await using simulator = await openSimulator({ limits });
  for (let call = 0; call < 3; call += 1) await simulator.post('placeorder', { nothing: true });
  expect((await simulator.post('placeorder', order())).status).toBe(429);
  expect((await simulator.post('placesmartorder', smartOrder(5))).status).toBe(200);
  expect((await simulator.post('cancelorder', { strategy: 'T', orderid: '1' })).status).toBe(500);
});

test('counts by key when asked to, since each account is an OpenAlgo of its own', async () => {
  await using simulator = await openSimulator({
    limits: { ...limits, order: '1 per hour' },
    limitScope: 'account',
    apikeyPrefix: 'sim-',
  });
  const place = async (apikey: string) =>
    (await simulator.post('placeorder', { apikey, ...order() })).status;
  expect(await place(simulatorKey)).toBe(200);
  expect(await place('sim-2')).toBe(200);
  expect(await place('sim-2')).toBe(429);
});
