import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, positionOf, smartOrder } from '../support/simulator.ts';

const options = { mode: 'analyze', clock: '2026-02-10T10:00:00+05:30' } as const;
const future = { symbol: 'NIFTY24FEB26FUT', exchange: 'NFO', product: 'NRML' };

test.each([
  [
    { product: 'NRML' },
    'NRML product not allowed for NSE equity segment. Use CNC for delivery or MIS for intraday.',
  ],
  [
    { ...future, product: 'CNC' },
    'CNC product not allowed for NFO derivatives segment. Use NRML for carryforward or MIS for intraday.',
  ],
  [{ pricetype: 'LIMIT' }, 'LIMIT orders require price'],
  [{ pricetype: 'SL', price: 1 }, 'SL orders require trigger_price'],
  [{ pricetype: 'SL-M' }, 'SL-M orders require trigger_price'],
  [{ symbol: 'NOSUCH' }, 'Symbol NOSUCH not found on NSE'],
])('refuses %j', async (change, message) => {
  await using simulator = await openSimulator({ ...options, unknownSymbols: 'refused' });
  const reply = await simulator.post('placeorder', order(change));
  expect(reply).toEqual({ status: 400, body: { status: 'error', message, mode: 'analyze' } });
});

test('wants whole lots of derivatives', async () => {
  await using simulator = await openSimulator(options);
  const place = (quantity: number) => simulator.post('placeorder', order({ ...future, quantity }));
  expect((await place(60)).body['message']).toBe('Quantity must be in multiples of lot size 65');
  expect((await place(130)).status).toBe(200);
});

test('takes no new intraday position after the square-off time, but lets one be closed', async () => {
  await using simulator = await openSimulator(options);
  await simulator.post('placeorder', order());
  await simulator.control('POST clock', { at: '2026-02-10T15:15:00+05:30' });
  expect((await simulator.post('placeorder', order())).body['message']).toBe(
    'MIS orders cannot be placed after square-off time (15:15 IST). Trading resumes at 09:00 AM IST.',
  );
  expect((await simulator.post('placesmartorder', smartOrder(0))).status).toBe(200);
  expect(await positionOf(simulator)).toBe(0);
});

test('keeps a delivery sale without shares as a rejected order', async () => {
  await using simulator = await openSimulator(options);
  const sell = order({ action: 'SELL', product: 'CNC' });
  const { status, body } = await simulator.post('placeorder', sell);
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { status: 'error', mode: 'analyze', orderid: expect.any(String) },
  });
  expect(await orderRows(simulator)).toMatchObject([
    { orderid: body['orderid'], order_status: 'rejected', strategy: 'T', filled_quantity: 0 },
  ]);
});

test('refuses what the play money does not cover', async () => {
  await using simulator = await openSimulator({ ...options, sandboxFunds: 1000 });
  const { status, body } = await simulator.post('placeorder', order({ quantity: 100 }));
  expect(status).toBe(400);
  expect(body['message']).toMatch(/^Insufficient funds\. Required: ₹16000, Available: ₹1000\.00/);
});

test('has no market order without a price', async () => {
  await using simulator = await openSimulator(options);
  await simulator.control('POST quote', { symbol: 'SBIN', ltp: null });
  const { body } = await simulator.post('placeorder', order());
  expect(body['message']).toContain('Cannot place MARKET order for SBIN - unable to fetch');
});

test('makes a market order of every smart order', async () => {
  await using simulator = await openSimulator(options);
  await simulator.post('placesmartorder', smartOrder(5, { pricetype: 'LIMIT', price: '1' }));
  expect(await orderRows(simulator)).toMatchObject([
    { pricetype: 'MARKET', order_status: 'complete', filled_quantity: 5 },
  ]);
});

test('lets resting orders meet a new price, and stop orders survive cancelallorder', async () => {
  await using simulator = await openSimulator(options);
  await simulator.post('placeorder', order({ pricetype: 'LIMIT', price: 790 }));
  await simulator.post('placeorder', order({ pricetype: 'SL-M', trigger_price: 900 }));
  await simulator.control('POST quote', { symbol: 'SBIN', ltp: 789 });
  expect(await positionOf(simulator)).toBe(5);
  const { body } = await simulator.post('cancelallorder', { strategy: 'T' });
  expect(body['message']).toBe('No open orders to cancel');
  expect((await orderRows(simulator))[0]).toMatchObject({ order_status: 'trigger pending' });
});
