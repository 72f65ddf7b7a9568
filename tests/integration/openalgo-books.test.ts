import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient } from '../support/openalgo-calls.ts';

async function startAnswering(body: unknown, httpStatus = 200) {
  return await startHttpServer((response) => answerJson(response, httpStatus, body));
}

const success = (data: unknown, rest = {}) => ({ status: 'success', data, ...rest });
const instrument = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };
const order = { ...instrument, orderid: 1234, action: 'buy', quantity: '5', order_status: 'open' };
const trade = { ...instrument, orderid: '77', action: 'SELL', quantity: 3.0 };

test('the order book of a live account', async () => {
  await using server = await startAnswering(
    success({
      orders: [{ ...order, price: 0.0, pricetype: 'MARKET', timestamp: '08-Apr-2025 13:58:03' }],
      statistics: {},
    }),
  );
  await using client = openTestClient({ baseUrl: server.url });

  const reply = await client.readOrderBook();

  expect(server.heard[0]).toMatchObject({
    path: '/api/v1/orderbook',
    body: '{"apikey":"test-key"}',
  });
  expect(reply).toMatchObject({
    kind: 'success',
    mode: 'live',
    value: { isClean: true, isEmpty: false, flaws: [] },
  });
  expect(reply.kind === 'success' && reply.value.rows).toEqual([
    {
      brokerOrderId: '1234',
      ...instrument,
      action: 'BUY',
      quantity: 5,
      status: 'open',
      priceType: 'MARKET',
      price: 0,
      triggerPrice: null,
      averagePrice: null,
      filledQuantity: null,
      strategy: null,
      rejectionReason: null,
      timestamp: '08-Apr-2025 13:58:03',
      clientOrderId: null,
    },
  ]);
});

test('what only the analyzer tells of an order', async () => {
  const row = {
    ...order,
    strategy: 'demo',
    filled_quantity: 2,
    average_price: 800.05,
    order_status: 'trigger pending',
    rejection_reason: '',
  };
  await using server = await startAnswering(success({ orders: [row] }, { mode: 'analyze' }));
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readOrderBook()).toMatchObject({
    mode: 'analyze',
    value: {
      rows: [
        {
          strategy: 'demo',
          filledQuantity: 2,
          averagePrice: 800.05,
          status: 'trigger pending',
          rejectionReason: null,
        },
      ],
    },
  });
});

test.each([
  ['without an id', { ...order, orderid: null }, { flaw: 'row 2: orderid', understood: 2 }],
  ['with half a share', { ...order, quantity: '2.5' }, { flaw: 'row 2: quantity', understood: 1 }],
  ['without a symbol', { ...order, symbol: null }, { flaw: 'row 2: symbol', understood: 1 }],
  ['that is no object', 'row', { flaw: 'row 2: no object', understood: 1 }],
])('an order row %s spoils the read', async (_name, row, { flaw, understood }) => {
  await using server = await startAnswering(success({ orders: [order, row] }));
  await using client = openTestClient({ baseUrl: server.url });

  const reply = await client.readOrderBook();

  expect(reply).toMatchObject({ value: { isClean: false, isEmpty: false, flaws: [flaw] } });
  expect(reply.kind === 'success' && reply.value.rows).toHaveLength(understood);
});

test('an empty book is told apart', async () => {
  await using server = await startAnswering(success({ orders: [] }));
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readOrderBook()).toMatchObject({ value: { isClean: true, isEmpty: true } });
});

test('the trade book', async () => {
  await using server = await startAnswering(success([trade, { ...trade, tradeid: 'T1' }]));
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readTradeBook()).toMatchObject({
    kind: 'success',
    value: {
      isClean: true,
      rows: [
        { brokerOrderId: '77', tradeId: null, action: 'SELL', quantity: 3, averagePrice: null },
        { tradeId: 'T1' },
      ],
    },
  });
});

test('the position book, with a product of the broker and a row that has no name', async () => {
  const rows = [
    { ...instrument, quantity: -0, average_price: '800.00' },
    { ...instrument, product: 'BO', quantity: '-17' },
    { ...instrument, symbol: null, quantity: 4 },
  ];
  await using server = await startAnswering(success(rows));
  await using client = openTestClient({ baseUrl: server.url });

  const reply = await client.readPositionBook();

  expect(reply).toMatchObject({ value: { isClean: true } });
  expect(reply.kind === 'success' && reply.value.rows).toEqual([
    { ...instrument, quantity: 0, averagePrice: 800 },
    { ...instrument, product: 'BO', quantity: -17, averagePrice: null },
    { ...instrument, symbol: null, quantity: 4, averagePrice: null },
  ]);
});

test('a position without a quantity spoils the read', async () => {
  await using server = await startAnswering(success([{ ...instrument, quantity: '' }]));
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readPositionBook()).toMatchObject({
    value: { isClean: false, rows: [], flaws: ['row 1: quantity'] },
  });
});

test('the holdings', async () => {
  const row = { ...instrument, product: 'CNC', quantity: 12, pnl: 1.5, pnlpercent: 2 };
  await using server = await startAnswering(success({ holdings: [row], statistics: {} }));
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readHoldings()).toMatchObject({
    value: { isClean: true, rows: [{ product: 'CNC', quantity: 12 }] },
  });
});

test('a book without its list is no empty book', async () => {
  await using server = await startAnswering(success(null));
  await using client = openTestClient({ baseUrl: server.url });

  const reads = [client.readOrderBook(), client.readTradeBook(), client.readPositionBook()];
  for (const reply of await Promise.all(reads)) {
    expect(reply).toMatchObject({ kind: 'failure', cause: 'unreadable' });
  }
});

test('a read that takes longer than it may is given up', async () => {
  await using server = await startHttpServer(() => undefined);
  await using client = openTestClient({ baseUrl: server.url });

  expect(await client.readPositionBook({ timeoutMs: 50 })).toMatchObject({
    kind: 'failure',
    cause: 'unreachable',
    httpStatus: null,
  });
});

test('an id of its caller, where OpenAlgo shows it', async () => {
  const row = { ...order, client_order_id: 'mine-1' };
  await using server = await startAnswering(success({ orders: [row] }));
  await using client = openTestClient({ baseUrl: server.url });

  const reply = await client.readOrderBook();

  expect(reply).toMatchObject({ value: { rows: [{ clientOrderId: 'mine-1' }] } });
});
