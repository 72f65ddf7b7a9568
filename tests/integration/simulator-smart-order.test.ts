import { expect, test } from 'vitest';
import { openSimulator, order, positionOf, smartOrder } from '../support/simulator.ts';

const matched = { status: 'success', message: 'Positions Already Matched. No Action needed.' };
const flat = { status: 'error', message: 'No OpenPosition Found. Not placing Exit order.' };

test('moves the account from target to target, one order each', async () => {
  await using simulator = await openSimulator();
  for (const target of [5, 12, 4, -6, 3]) {
    const { body } = await simulator.post('placesmartorder', smartOrder(target));
    expect(body).toMatchObject({ status: 'success', orderid: expect.any(String) });
    expect(await positionOf(simulator)).toBe(target);
  }
  expect(
    (await simulator.calls({ endpoint: 'placesmartorder' })).map((call) => call.executed.length),
  ).toEqual([1, 1, 1, 1, 1]);
});

test('an exit closes what is held, whatever its action says', async () => {
  await using simulator = await openSimulator();
  await simulator.control('POST position', { symbol: 'SBIN', quantity: -7 });
  await simulator.post('placesmartorder', smartOrder(0, { action: 'SELL' }));
  expect(await positionOf(simulator)).toBe(0);
});

test.each([
  ['angel', 500, flat],
  ['zerodha', 200, matched],
  ['definedge', 500, { status: 'error', message: 'No position to square off' }],
  ['tradejini', 500, { status: 'error', message: 'Failed to place smart order' }],
])('an exit of nothing at %s answers %i and orders nothing', async (broker, status, body) => {
  await using simulator = await openSimulator({ broker });
  const reply = await simulator.post('placesmartorder', smartOrder(0));
  expect(reply).toEqual({ status, body });
  expect((await simulator.calls())[0]?.executed).toEqual([]);
});

test('in the sandbox an exit of nothing is a success in words', async () => {
  await using simulator = await openSimulator({ mode: 'analyze' });
  const { status, body } = await simulator.post('placesmartorder', smartOrder(0));
  expect({ status, body }).toEqual({
    status: 200,
    body: { status: 'success', message: flat.message, mode: 'analyze' },
  });
});

test('the target that is held needs no order', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placesmartorder', smartOrder(5));
  const reply = await simulator.post('placesmartorder', smartOrder(5, { quantity: 5 }));
  expect(reply).toEqual({ status: 200, body: matched });
});

test('orders of the same target at the same time reach it once', async () => {
  await using simulator = await openSimulator({
    mode: 'analyze',
    clock: '2026-02-10T10:00:00+05:30',
  });
  const calls = Array.from({ length: 5 }, () =>
    simulator.post('placesmartorder', smartOrder(5, { quantity: 5 })),
  );
  await Promise.all(calls);
  expect(await positionOf(simulator)).toBe(5);
});

test('holdings are not seen', async () => {
  await using simulator = await openSimulator();
  await simulator.control('POST holding', { symbol: 'SBIN', quantity: 10 });
  const reply = await simulator.post('placesmartorder', smartOrder(0, { product: 'CNC' }));
  expect(reply).toEqual({ status: 500, body: flat });
});

test('a trade by hand is not seen while the position book is cached', async () => {
  await using simulator = await openSimulator({ positionCacheMs: 3_600_000 });
  await simulator.post('placesmartorder', smartOrder(0));
  const hand = { symbol: 'SBIN', action: 'BUY', quantity: 5 };
  await simulator.control('POST trade', hand);
  expect((await simulator.post('placesmartorder', smartOrder(0))).status).toBe(500);
  await simulator.post('placeorder', order({ quantity: 1 }));
  await simulator.post('placesmartorder', smartOrder(0));
  expect(await positionOf(simulator)).toBe(0);
});
