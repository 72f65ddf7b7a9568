import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, positionOf } from '../support/simulator.ts';

test('rest: accepted, open, nothing held; a cancel ends it', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'rest', times: 1 });
  const { body } = await simulator.post('placeorder', order());
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'open', price: 0 }]);
  expect(await positionOf(simulator)).toBe(0);
  const cancel = { strategy: 'T', orderid: body['orderid'] };
  expect((await simulator.post('cancelorder', cancel)).status).toBe(200);
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'cancelled' }]);
});

test('fill_late: open first, filled later', async () => {
  await using simulator = await openSimulator({ timeScale: 100 });
  await simulator.setFaults({ kind: 'fill_late', ms: 30_000 });
  await simulator.post('placeorder', order());
  expect(await positionOf(simulator)).toBe(0);
  await expect.poll(async () => await positionOf(simulator)).toBe(5);
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'complete' }]);
});

test('fill_part: half is held, the order stays open, and the row does not say how much', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'fill_part' });
  await simulator.post('placeorder', order({ quantity: 5 }));
  expect(await positionOf(simulator)).toBe(2);
  const [row] = await orderRows(simulator);
  expect(row).toMatchObject({ order_status: 'open', quantity: 5 });
  expect(row).not.toHaveProperty('filled_quantity');
  const trades = (await simulator.post('tradebook')).body['data'];
  expect(trades).toMatchObject([{ quantity: 2, orderid: row?.['orderid'] }]);
});

test('fill_part with restMs: two trades make the order complete', async () => {
  await using simulator = await openSimulator({ timeScale: 100 });
  await simulator.setFaults({ kind: 'fill_part', quantity: 1, restMs: 10_000 });
  await simulator.post('placeorder', order());
  await expect.poll(async () => await positionOf(simulator)).toBe(5);
  const trades = (await simulator.post('tradebook')).body['data'];
  expect(trades).toMatchObject([{ quantity: 1 }, { quantity: 4 }]);
});

test('reject_late: accepted, then rejected', async () => {
  await using simulator = await openSimulator({ timeScale: 100 });
  await simulator.setFaults({ kind: 'reject_late', ms: 20_000 });
  expect((await simulator.post('placeorder', order())).status).toBe(200);
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'open' }]);
  const status = async () => (await orderRows(simulator))[0]?.['order_status'];
  await expect.poll(status).toBe('rejected');
  expect(await positionOf(simulator)).toBe(0);
});

test('cancel_refused: the order stays', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'rest' }, { kind: 'cancel_refused', message: 'not now' });
  const { body } = await simulator.post('placeorder', order());
  const reply = await simulator.post('cancelorder', { strategy: 'T', orderid: body['orderid'] });
  expect(reply).toEqual({ status: 400, body: { status: 'error', message: 'not now' } });
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'open' }]);
});

test.each([
  ['success', 200],
  ['error', 500],
] as const)('cancel_crosses_fill answers %s, and the order is filled', async (answer, status) => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'rest' }, { kind: 'cancel_crosses_fill', answer });
  const { body } = await simulator.post('placeorder', order());
  const reply = await simulator.post('cancelorder', { strategy: 'T', orderid: body['orderid'] });
  expect(reply.status).toBe(status);
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'complete' }]);
  expect(await positionOf(simulator)).toBe(5);
});
