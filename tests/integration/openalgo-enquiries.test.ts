import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openTestClient } from '../support/openalgo-calls.ts';

const success = (rest: Record<string, unknown>) => ({ status: 'success', ...rest });

/** One call against one answer: what was asked, and what came of it. */
async function ask<T>(
  answer: { httpStatus?: number; body: unknown },
  call: (client: ReturnType<typeof openTestClient>) => Promise<T>,
) {
  await using server = await startHttpServer((response) =>
    answerJson(response, answer.httpStatus ?? 200, answer.body),
  );
  await using client = openTestClient({ baseUrl: server.url, apiKey: 'k' });
  const reply = await call(client);
  const [heard] = server.heard;
  return { reply, path: heard?.path, asked: JSON.parse(heard?.body ?? 'null') as unknown };
}

test('ping names the broker', async () => {
  const body = success({ data: { message: 'pong', broker: 'zerodha' } });
  const { reply, path, asked } = await ask({ body }, async (client) => await client.ping());

  expect(path).toBe('/api/v1/ping');
  expect(asked).toEqual({ apikey: 'k' });
  expect(reply).toMatchObject({ kind: 'success', value: { broker: 'zerodha' } });
});

test('ping with a dead session', async () => {
  const answer = { httpStatus: 403, body: { status: 'error', message: 'Invalid openalgo apikey' } };
  const { reply } = await ask(answer, async (client) => await client.ping());

  expect(reply).toMatchObject({ kind: 'failure', cause: 'session_dead', httpStatus: 403 });
});

test('analyzer tells the mode of the server', async () => {
  const body = success({ data: { mode: 'analyze', analyze_mode: true, total_logs: 3 } });
  const { reply, path } = await ask({ body }, async (client) => await client.analyzer());

  expect(path).toBe('/api/v1/analyzer');
  expect(reply).toMatchObject({ value: { serverMode: 'analyze' } });
});

test('search', async () => {
  const row = {
    symbol: 'NIFTY28OCT25FUT',
    exchange: 'NFO',
    name: 'NIFTY',
    expiry: '28-OCT-25',
    instrumenttype: 'FUT',
    lotsize: 65,
    tick_size: 0.05,
    freeze_qty: '1800',
    token: '53001',
  };
  const { reply, path, asked } = await ask(
    { body: success({ data: [row] }) },
    async (client) => await client.search({ query: 'NIFTY', exchange: 'NFO' }),
  );

  expect(path).toBe('/api/v1/search');
  expect(asked).toEqual({ apikey: 'k', query: 'NIFTY', exchange: 'NFO' });
  expect(reply).toMatchObject({
    value: {
      rows: [
        {
          symbol: 'NIFTY28OCT25FUT',
          exchange: 'NFO',
          name: 'NIFTY',
          expiry: '28-OCT-25',
          instrumentType: 'FUT',
          lotSize: 65,
          tickSize: 0.05,
          freezeQuantity: 1800,
        },
      ],
    },
  });
});

test('symbol, known and unknown', async () => {
  const data = { symbol: 'SBIN', exchange: 'NSE', lotsize: 1, tick_size: '0.05' };
  const known = await ask(
    { body: success({ data }) },
    async (client) => await client.symbol({ symbol: 'SBIN', exchange: 'NSE' }),
  );
  expect(known.asked).toEqual({ apikey: 'k', symbol: 'SBIN', exchange: 'NSE' });
  expect(known.reply).toMatchObject({ value: { symbol: 'SBIN', freezeQuantity: null } });

  const body = { status: 'error', message: 'Symbol X not found in exchange NSE' };
  const unknown = await ask(
    { httpStatus: 404, body },
    async (client) => await client.symbol({ symbol: 'X', exchange: 'NSE' }),
  );
  expect(unknown.reply).toMatchObject({ kind: 'failure', cause: 'refused', httpStatus: 404 });
});

test('holidays of a year', async () => {
  const session = { exchange: 'MCX', start_time: 1792495800000, end_time: 1792520700000 };
  const row = {
    date: '2026-10-20',
    description: 'Dussehra',
    holiday_type: 'TRADING_HOLIDAY',
    closed_exchanges: ['NSE', 'BSE'],
    open_exchanges: [session],
  };
  const body = success({ year: 2026, timezone: 'Asia/Kolkata', data: [row, { date: 'soon' }] });
  const { reply, path, asked } = await ask(
    { body },
    async (client) => await client.holidays({ year: 2026 }),
  );

  expect(path).toBe('/api/v1/market/holidays');
  expect(asked).toEqual({ apikey: 'k', year: 2026 });
  expect(reply).toMatchObject({ value: { isClean: false } });
  expect(reply.kind === 'success' && reply.value.rows).toEqual([
    {
      date: '2026-10-20',
      description: 'Dussehra',
      kind: 'TRADING_HOLIDAY',
      closedExchanges: ['NSE', 'BSE'],
      openExchanges: [{ exchange: 'MCX', startsAt: 1792495800000, endsAt: 1792520700000 }],
    },
  ]);
});

test.each([
  [{ closed_exchanges: 'NSE' }],
  [{ closed_exchanges: [null] }],
  [{ open_exchanges: [{ exchange: 'MCX', start_time: null, end_time: null }] }],
  [{ open_exchanges: {} }],
])('a holiday whose exchanges cannot be read spoils the answer: %j', async (changes) => {
  const good = { date: '2026-10-20', holiday_type: 'TRADING_HOLIDAY', closed_exchanges: ['NSE'] };
  const body = success({ data: [good, { ...good, ...changes }] });
  const { reply } = await ask({ body }, async (client) => await client.holidays({ year: 2026 }));
  expect(reply).toMatchObject({ value: { isClean: false, rows: [{ date: '2026-10-20' }] } });
});

test('one order is cancelled by its id', async () => {
  const { reply, path, asked } = await ask(
    { body: success({ orderid: '26112244272049' }) },
    async (client) => await client.cancelOrder({ strategy: 'demo', brokerOrderId: '42' }),
  );

  expect(path).toBe('/api/v1/cancelorder');
  expect(asked).toEqual({ apikey: 'k', strategy: 'demo', orderid: '42' });
  expect(reply).toMatchObject({ value: { brokerOrderId: '26112244272049' } });
});

test.each([
  [17, 17],
  ['-5', -5],
  ['0.0', 0],
])('a net position of %j', async (quantity, expected) => {
  const fields = { strategy: 'demo', symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };
  const { reply, path, asked } = await ask(
    { body: success({ quantity }) },
    async (client) => await client.openPosition(fields),
  );

  expect(path).toBe('/api/v1/openposition');
  expect(asked).toEqual({ apikey: 'k', ...fields });
  expect(reply).toMatchObject({ value: { quantity: expected } });
});
