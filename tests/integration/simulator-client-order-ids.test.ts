import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, smartOrder } from '../support/simulator.ts';

const unknown = "{'client_order_id': ['Unknown field.']}";

test('the field is unknown to the OpenAlgo of today', async () => {
  await using simulator = await openSimulator();
  const placed = await simulator.post('placeorder', order({ client_order_id: 'mine-1' }));
  expect(placed).toEqual({ status: 400, body: { status: 'error', message: unknown } });
  await simulator.post('placeorder', order());
  expect((await orderRows(simulator))[0]).not.toHaveProperty('client_order_id');
});

test.each(['live', 'analyze'] as const)('a newer one takes it and shows it (%s)', async (mode) => {
  const clock = '2026-02-10T10:00:00+05:30';
  await using simulator = await openSimulator({ mode, clock, clientOrderIds: true });
  const bought = await simulator.post('placeorder', order({ client_order_id: 'mine-1' }));
  const closed = await simulator.post('placesmartorder', smartOrder(0, { client_order_id: 'c-2' }));
  const plain = await simulator.post('placeorder', order());
  const rows = await orderRows(simulator);
  const shown = rows.map(({ orderid, client_order_id }) => [orderid, client_order_id]);
  expect(shown.toSorted()).toEqual([
    [bought.body['orderid'], 'mine-1'],
    [closed.body['orderid'], 'c-2'],
    [plain.body['orderid'], null],
  ]);
});

test('it answers with the first order where an id comes again', async () => {
  await using simulator = await openSimulator({ clientOrderIds: true });
  const first = await simulator.post('placeorder', order({ client_order_id: 'mine-1' }));
  const again = await simulator.post('placeorder', order({ client_order_id: 'mine-1' }));
  expect(again.body).toEqual({ ...first.body, duplicate: true });
  expect(await orderRows(simulator)).toHaveLength(1);
});

test('it can be exchanged for a newer or an older one', async () => {
  await using simulator = await openSimulator();
  const tagged = () => simulator.post('placeorder', order({ client_order_id: 'mine-1' }));
  await simulator.control('POST features', { clientOrderIds: true });
  expect((await tagged()).status).toBe(200);
  await simulator.control('POST features', { clientOrderIds: false });
  expect((await tagged()).status).toBe(400);
});
