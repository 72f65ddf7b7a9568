import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, smartOrder } from '../support/simulator.ts';

const success = { status: 'success', orderid: expect.any(String) };

test.each([
  [
    { kind: 'error_500_before' },
    { status: 500, message: 'Failed to place order due to internal error', rows: 0 },
  ],
  [
    { kind: 'error_500_after' },
    { status: 500, message: 'Failed to place order due to internal error', rows: 1 },
  ],
  [{ kind: 'created_201' }, { status: 201, message: 'Failed to place order', rows: 1 }],
  [{ kind: 'broker_429' }, { status: 429, message: 'Too many requests', rows: 0 }],
  [
    { kind: 'broker_refusal', status: 400, message: 'RMS: no' },
    { status: 400, message: 'RMS: no', rows: 0 },
  ],
  [{ kind: 'invalid_key' }, { status: 403, message: 'Invalid openalgo apikey', rows: 0 }],
] as const)('%j', async (fault, { status, message, rows }) => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ ...fault, times: 1 });
  const reply = await simulator.post('placeorder', order());
  expect(reply).toEqual({ status, body: { status: 'error', message } });
  expect(await orderRows(simulator)).toHaveLength(rows);
  expect((await simulator.post('placeorder', order())).body).toEqual(success);
});

test('openalgo_429 has no status, and names the limit', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'openalgo_429' });
  const reply = await simulator.post('placeorder', order());
  expect(reply).toEqual({ status: 429, body: { message: '10 per 1 second' } });
});

test.each([
  [false, 0],
  [true, 1],
])('null_order_id, executed %s', async (executed, rows) => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'null_order_id', executed });
  const reply = await simulator.post('placeorder', order());
  expect(reply).toEqual({ status: 200, body: { status: 'success', orderid: null } });
  expect(await orderRows(simulator)).toHaveLength(rows);
});

test('html is a page', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'html' });
  const { status, body } = await simulator.post('placeorder', order());
  expect(status).toBe(502);
  expect(body['text']).toContain('<html>');
});

test('semi_auto queues this order', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'semi_auto' });
  const { body } = await simulator.post('placesmartorder', smartOrder(5));
  expect(body).toEqual({
    status: 'success',
    message: 'Order queued for approval in Action Center',
    mode: 'semi_auto',
    pending_order_id: 1,
  });
});

test('mode_switched moves the call into the other mode, and those after it', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'mode_switched', to: 'analyze', times: 1 });
  const limit = order({ pricetype: 'LIMIT', price: 1, product: 'CNC' });
  expect((await simulator.post('placeorder', limit)).body['mode']).toBe('analyze');
  expect((await simulator.post('analyzer')).body['data']).toMatchObject({ mode: 'analyze' });
});

test('a wrong order is refused by the schema before the broker can fail', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'broker_refusal' });
  const { body } = await simulator.post('placeorder', order({ quantity: 0 }));
  expect(body['message']).toContain('Quantity must be a positive number.');
});
