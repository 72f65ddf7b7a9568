import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, positionOf, smartOrder } from '../support/simulator.ts';

test.each(['orderbook', 'tradebook', 'positionbook'])(
  'empty_book: %s is empty with 200',
  async (book) => {
    await using simulator = await openSimulator();
    await simulator.post('placeorder', order());
    await simulator.setFaults({ kind: 'empty_book', times: 1 });
    const { status, body } = await simulator.post(book);
    const { data } = body as { data: readonly unknown[] & { orders?: readonly unknown[] } };
    expect({ status, rows: data.orders ?? data }).toEqual({ status: 200, rows: [] });
    expect(JSON.stringify((await simulator.post(book)).body)).toContain('SBIN');
  },
);

test('book_error: 500', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'book_error', message: 'broker is away' });
  const reply = await simulator.post('positionbook');
  expect(reply).toEqual({ status: 500, body: { status: 'error', message: 'broker is away' } });
});

test('order_book_lag: a new order is not there yet, an older status still is', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'rest', times: 1 });
  const { body } = await simulator.post('placeorder', order());
  const clock = simulator.running.simulator.clock;
  clock.set(clock.now() + 10_000);
  await simulator.post('placeorder', order());
  await simulator.post('cancelorder', { strategy: 'T', orderid: body['orderid'] });
  await simulator.setFaults({ kind: 'order_book_lag', ms: 5000, times: 1 });
  expect(await orderRows(simulator)).toMatchObject([{ order_status: 'open' }]);
  expect(await orderRows(simulator)).toMatchObject([
    { order_status: 'cancelled' },
    { order_status: 'complete' },
  ]);
});

test('inherited_status: a row that waits shows the status of the row before', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placeorder', order());
  await simulator.setFaults({ kind: 'rest' }, { kind: 'inherited_status', times: 1 });
  await simulator.post('placeorder', order());
  const rows = await orderRows(simulator);
  expect(rows.map((row) => row['order_status'])).toEqual(['complete', 'complete']);
});

test('inherited_status: the first row has none before it, and the book fails', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'rest' }, { kind: 'inherited_status' });
  await simulator.post('placeorder', order());
  expect((await simulator.post('orderbook')).status).toBe(500);
});

test('position_read_zero: an exit finds nothing, a target is opened twice', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placesmartorder', smartOrder(5));
  await simulator.setFaults({ kind: 'position_read_zero', times: 2 });
  expect((await simulator.post('placesmartorder', smartOrder(0))).status).toBe(500);
  await simulator.post('placesmartorder', smartOrder(5));
  expect(await positionOf(simulator)).toBe(10);
});

test('position_cache: the same target twice in its time is opened twice', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'position_cache', ms: 600_000, times: 2 });
  await simulator.post('placesmartorder', smartOrder(5));
  await simulator.post('placesmartorder', smartOrder(5));
  expect(await positionOf(simulator)).toBe(10);
});
