import { expect, test } from 'vitest';
import {
  openSimulator,
  order,
  orderRows,
  positionOf,
  simulatorKey,
  smartOrder,
} from '../support/simulator.ts';

test('every key of the prefix is an account of its own', async () => {
  await using simulator = await openSimulator({ apikeyPrefix: 'sim-' });
  const other = 'sim-load-2';
  await simulator.post('placeorder', order());
  await simulator.control('POST account', { apikey: other, mode: 'analyze' });
  expect((await simulator.post('orderbook', { apikey: other })).body).toMatchObject({
    mode: 'analyze',
    data: { orders: [] },
  });
  expect(await orderRows(simulator)).toHaveLength(1);
  const reply = await simulator.post('ping', { apikey: 'unknown' });
  expect(reply).toEqual({
    status: 403,
    body: { status: 'error', message: 'Invalid openalgo apikey' },
  });
});

test('a dead session answers as a wrong key does, but still queues in semi-auto', async () => {
  await using simulator = await openSimulator();
  await simulator.control('POST account', { sessionAlive: false });
  expect((await simulator.post('ping')).status).toBe(403);
  expect((await simulator.post('placeorder', order())).status).toBe(403);
  expect((await simulator.post('search', { query: 'SBIN' })).status).toBe(200);
  await simulator.control('POST account', { semiAuto: true });
  expect((await simulator.post('placeorder', order())).body['mode']).toBe('semi_auto');
});

test('an order of the Action Center is placed when a person approves it', async () => {
  await using simulator = await openSimulator({ semiAuto: true });
  const first = await simulator.post('placeorder', order());
  const second = await simulator.post('placesmartorder', smartOrder(9));
  expect(await positionOf(simulator)).toBe(0);
  await simulator.control('POST pending', {
    id: first.body['pending_order_id'],
    decision: 'approve',
  });
  await simulator.control('POST pending', {
    id: second.body['pending_order_id'],
    decision: 'reject',
  });
  expect(await positionOf(simulator)).toBe(5);
});

test('semi-auto refuses what acts on orders at once, in live mode alone', async () => {
  await using simulator = await openSimulator({ semiAuto: true });
  const cancelAll = () => simulator.post('cancelallorder', { strategy: 'T' });
  expect(await cancelAll()).toEqual({
    status: 403,
    body: {
      status: 'error',
      message:
        'Cancel all orders operation is not allowed in Semi-Auto mode. Please switch to Auto mode to cancel orders.',
    },
  });
  await simulator.control('POST account', { mode: 'analyze' });
  expect((await cancelAll()).status).toBe(200);
});

test('a night moves delivery to the holdings, empties the day and ends the session', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placeorder', order({ product: 'CNC', quantity: 8 }));
  await simulator.post('placeorder', order({ product: 'MIS' }));
  await simulator.control('POST overnight', {});
  expect((await simulator.post('ping')).status).toBe(403);
  await simulator.control('POST account', { apikey: simulatorKey, sessionAlive: true });
  expect(await orderRows(simulator)).toEqual([]);
  expect((await simulator.post('positionbook')).body['data']).toEqual([]);
  expect((await simulator.post('holdings')).body['data']).toMatchObject({
    holdings: [{ symbol: 'SBIN', product: 'CNC', quantity: 8 }],
  });
});

test('a trade by hand looks like an order of ours', async () => {
  await using simulator = await openSimulator();
  const { body } = await simulator.post('placeorder', order());
  const hand = { symbol: 'SBIN', action: 'BUY', quantity: 5 };
  const { orderid } = await simulator.control('POST trade', hand);
  const [ours, theirs] = await orderRows(simulator);
  expect(ours).toMatchObject({ orderid: body['orderid'] });
  expect({ ...theirs, timestamp: '' }).toEqual({ ...ours, orderid, timestamp: '' });
  expect(ours).not.toHaveProperty('strategy');
  expect(await positionOf(simulator)).toBe(10);
  expect((await simulator.calls()).flatMap((call) => call.executed)).toHaveLength(1);
});

test('the analyzer is switched over the API, and each mode has its own books', async () => {
  await using simulator = await openSimulator({ clock: '2026-02-10T10:00:00+05:30' });
  await simulator.post('placeorder', order());
  const { body } = await simulator.post('analyzer/toggle', { mode: true });
  expect(body['data']).toMatchObject({
    mode: 'analyze',
    analyze_mode: true,
    message: 'Analyzer mode switched to analyze',
  });
  await simulator.post('placeorder', order({ quantity: 1 }));
  expect(await positionOf(simulator)).toBe(1);
  await simulator.post('analyzer/toggle', { mode: 'false' });
  expect(await positionOf(simulator)).toBe(5);
});
