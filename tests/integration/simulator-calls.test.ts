import { expect, test } from 'vitest';
import { openSimulator, order, simulatorKey } from '../support/simulator.ts';

test('reports every call with its arrival, header, answer and what it executed', async () => {
  await using simulator = await openSimulator();
  const before = Date.now();
  const { body } = await simulator.post('placeorder', order(), { 'x-orderlane-order': 'o1/1' });
  await simulator.post('ping');
  const [placed, pinged, ...others] = await simulator.calls();
  expect(others).toEqual([]);
  expect(placed).toMatchObject({
    endpoint: 'placeorder',
    order: 'o1/1',
    account: 'account-1',
    body: { symbol: 'SBIN', quantity: '5' },
    answer: { status: 200, body },
    end: 'answered',
    executed: [{ orderid: body['orderid'] }],
  });
  expect(pinged).toMatchObject({ endpoint: 'ping', order: null, executed: [] });
  expect(Number(pinged?.arrivedAtMs)).toBeGreaterThan(Number(placed?.arrivedAtMs));
  expect(Math.abs(Number(placed?.arrivedAt) - before)).toBeLessThan(5000);
});

test('never shows a key', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placeorder', order());
  await simulator.post('placeorder', { ...order(), apikey: 'sim-another-secret' });
  await simulator.setFaults({ kind: 'delay', ms: 1, apikey: simulatorKey });
  for (const route of ['GET calls', 'GET faults', 'GET accounts', 'POST books']) {
    const text = JSON.stringify(await simulator.control(route));
    expect(text).not.toContain(simulatorKey);
    expect(text).not.toContain('another-secret');
  }
});

test('lists by endpoint and after a call, and forgets when told to', async () => {
  await using simulator = await openSimulator();
  for (const endpoint of ['ping', 'orderbook', 'ping']) await simulator.post(endpoint);
  const [first] = await simulator.calls();
  const later = await simulator.calls({ endpoint: 'ping', after: Number(first?.id) });
  expect(later.map((call) => call.id)).toEqual([Number(first?.id) + 2]);
  await simulator.control('DELETE calls');
  expect(await simulator.calls()).toEqual([]);
});
