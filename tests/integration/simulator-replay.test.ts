import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const tool = new URL('../../tools/replay-openalgo.ts', import.meta.url).pathname;
const apikey = 'b2'.repeat(32);
const headers = { 'content-type': 'application/json' };
const about =
  'Recorded in sandbox mode unless the name says LIVE, where the stub refuses every order for INFY. Quotes were fixed: SBIN 800, TCS 3500. Sandbox funds 10,000,000.';

type Example = { name: string; request: object; response: { status: number; body: object } };

function example(
  name: string,
  endpoint: string,
  [request, status, body]: [object, number, object],
): Example {
  const sent = {
    method: 'POST',
    path: `/api/v1/${endpoint}`,
    headers,
    body: { apikey, ...request },
  };
  return { name, request: sent, response: { status, body } };
}

const order = {
  strategy: 'T',
  symbol: 'SBIN',
  exchange: 'NSE',
  action: 'BUY',
  quantity: '5',
  product: 'MIS',
};
const about1 = { strategy: 'T', symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };
const analyze = { status: 'success', mode: 'analyze' };

function held(name: string, quantity: number): Example {
  return example(name, 'openposition', [about1, 200, { ...analyze, quantity }]);
}

async function replay(examples: readonly Example[]) {
  const folder = await mkdtemp(join(tmpdir(), 'replay-'));
  try {
    const file = join(folder, 'recorded.json');
    await writeFile(file, JSON.stringify({ about, examples }));
    return await new Promise<{ code: number; lines: readonly string[] }>((resolve) => {
      execFile('node', [tool, file], (error, stdout) => {
        resolve({ code: Number(error?.code ?? 0), lines: stdout.trimEnd().split('\n') });
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const bought = example('buy', 'placeorder', [
  order,
  200,
  { ...analyze, orderid: '26021000000777' },
]);

test('passes a recording that follows the rules, with ids of its own', async () => {
  const id = { strategy: 'T', orderid: '26021000000777' };
  const { code, lines } = await replay([
    bought,
    example('its status', 'orderstatus', [
      id,
      200,
      { ...analyze, data: { order_status: 'complete' } },
    ]),
    example('too late', 'cancelorder', [
      id,
      400,
      { status: 'error', mode: 'analyze', message: 'Cannot cancel order in complete status' },
    ]),
    held('held', 5),
  ]);
  expect(lines).toEqual(['4 passed, 0 failed']);
  expect(code).toBe(0);
});

test('names each difference and ends with 1', async () => {
  const { code, lines } = await replay([
    bought,
    held('held', 6),
    example('ping', 'ping', [{}, 403, { status: 'error', message: 'no' }]),
  ]);
  expect(lines).toEqual([
    'FAILED 2 held',
    '  quantity: recorded 6, here 5',
    'FAILED 3 ping',
    '  HTTP status: recorded 403, here 200',
    '  status: recorded "error", here "success"',
    '  message: recorded "no", here nothing',
    '  data.message: recorded nothing, here "pong"',
    '1 passed, 2 failed',
  ]);
  expect(code).toBe(1);
});

test('makes the parallel calls that a name tells of, under the limit of their endpoint', async () => {
  const smart = { ...order, position_size: '5' };
  const { lines } = await replay([
    example('smart target 5', 'placesmartorder', [smart, 200, { ...analyze, orderid: '1' }]),
    held('openposition after 5 parallel smart target 12', 12),
    bought,
    held('openposition after 12 parallel placeorder BUY 2', 37),
  ]);
  expect(lines).toEqual(['4 passed, 0 failed']);
});

test('meets a full limit where the recording did, without placing anything', async () => {
  const full = { message: '10 per 1 second' };
  const { lines } = await replay([
    bought,
    example('the eleventh', 'placeorder', [order, 429, full]),
    held('held', 5),
  ]);
  expect(lines).toEqual(['3 passed, 0 failed']);
});

test('places the orders that only an order book shows', async () => {
  const row = { ...order, quantity: 3, pricetype: 'LIMIT', price: 700, trigger_price: 0 };
  const rows = [
    { ...row, orderid: '26021000000781', symbol: 'TCS', order_status: 'cancelled' },
    { ...row, orderid: '26021000000779', order_status: 'open' },
    {
      ...row,
      orderid: '26021000000777',
      quantity: 5,
      pricetype: 'MARKET',
      price: 800,
      order_status: 'complete',
    },
  ];
  const { lines } = await replay([
    bought,
    example('book', 'orderbook', [{}, 200, { ...analyze, data: { orders: rows } }]),
    example('cancel it', 'cancelorder', [
      { strategy: 'T', orderid: '26021000000779' },
      200,
      { ...analyze, orderid: '26021000000779', message: 'Order cancelled successfully' },
    ]),
  ]);
  expect(lines).toEqual(['3 passed, 0 failed']);
});

test('knows what the owner and the broker did in between: live, semi-auto, refusals, a dead session', async () => {
  const refused = { status: 'error', message: 'RMS: blocked for this client' };
  const semiAuto = {
    status: 'success',
    mode: 'semi_auto',
    message: 'Order queued for approval in Action Center',
    pending_order_id: 4,
  };
  const { lines } = await replay([
    bought,
    example('LIVE placeorder', 'placeorder', [
      order,
      200,
      { status: 'success', orderid: 'Z000001' },
    ]),
    example('LIVE refused', 'placeorder', [{ ...order, symbol: 'INFY' }, 400, refused]),
    example('LIVE smart refused', 'placesmartorder', [
      { ...order, symbol: 'INFY', position_size: 4 },
      400,
      refused,
    ]),
    example('LIVE semi-auto', 'placeorder', [order, 200, semiAuto]),
    example('LIVE semi-auto closeposition', 'closeposition', [
      { strategy: 'T' },
      403,
      {
        status: 'error',
        message:
          'Close position operation is not allowed in Semi-Auto mode. Please switch to Auto mode to close positions.',
      },
    ]),
    example('LIVE position', 'openposition', [about1, 200, { status: 'success', quantity: '5' }]),
    example('ping without a session', 'ping', [
      {},
      403,
      { status: 'error', message: 'Invalid openalgo apikey' },
    ]),
    held('openposition in the sandbox', 5),
  ]);
  expect(lines).toEqual(['9 passed, 0 failed']);
});

test('takes master contract and time of day from the recording', async () => {
  const future = { ...order, symbol: 'NIFTY24FEB26FUT', exchange: 'NFO', quantity: '50' };
  const wrong = (message: string) => ({ status: 'error', mode: 'analyze', message });
  const { lines } = await replay([
    bought,
    example('unknown', 'placeorder', [
      { ...order, symbol: 'NOSUCH' },
      400,
      wrong('Symbol NOSUCH not found on NSE'),
    ]),
    example('lot', 'placeorder', [
      future,
      400,
      wrong('Quantity must be in multiples of lot size 75'),
    ]),
    example('whole lot', 'placeorder', [
      { ...future, quantity: '150' },
      200,
      { ...analyze, orderid: '26021000000800' },
    ]),
    example('evening', 'placeorder', [
      order,
      400,
      wrong(
        'MIS orders cannot be placed after square-off time (15:15 IST). Trading resumes at 09:00 AM IST.',
      ),
    ]),
    example('too much', 'placeorder', [
      { ...order, quantity: '1000000' },
      400,
      wrong('Insufficient funds. Required: ₹160000000.0, Available: ₹9999000.00, Shortage: ₹1'),
    ]),
  ]);
  expect(lines).toEqual(['6 passed, 0 failed']);
});
