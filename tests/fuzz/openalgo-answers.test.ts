import { readFileSync } from 'node:fs';
import { readHolidays } from '@orderlane/domain/read-holidays';
import { soundFacts } from '@orderlane/domain/symbol-facts';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { anyJson, endlessTexts, jsonOf, textLike, unsoundNumber } from '../support/anything.ts';
import { startHttpServer } from '../support/far-side.ts';
import { openTestClient, regularCall, smartExitCall } from '../support/openalgo-calls.ts';

/** Answers that OpenAlgo really gave. */
const recorded = new URL('../golden/openalgo-recorded.json', import.meta.url);
const { examples } = JSON.parse(readFileSync(recorded, 'utf8')) as {
  examples: { response: { status: number; body: unknown } }[];
};
const corpus = [...new Set(examples.map(({ response }) => JSON.stringify(response.body)))];

let answer = { status: 200, body: '' };
let server: Awaited<ReturnType<typeof startHttpServer>>;
let client: OpenAlgoClient & AsyncDisposable;

beforeAll(async () => {
  server = await startHttpServer((response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body);
  });
  client = openTestClient({ baseUrl: server.url });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const instrument = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };
const calls: Record<string, () => Promise<unknown>> = {
  placeOrder: async () => await client.placeOrder(regularCall()),
  placeSmartOrder: async () => await client.placeOrder(smartExitCall()),
  orderbook: async () => await client.readOrderBook(),
  tradebook: async () => await client.readTradeBook(),
  positionbook: async () => await client.readPositionBook(),
  holdings: async () => await client.readHoldings(),
  ping: async () => await client.ping(),
  analyzer: async () => await client.analyzer(),
  takesClientOrderId: async () => await client.takesClientOrderId({ lane: 'regular' }),
  search: async () => await client.search({ query: 'SBIN' }),
  symbol: async () => {
    const reply = await client.symbol(instrument);
    return reply.kind === 'success' ? soundFacts(reply.value) : reply;
  },
  holidays: async () => {
    const reply = await client.holidays({ year: 2026 });
    return reply.kind === 'success' ? readHolidays(reply.value.rows, 2026) : reply;
  },
  cancelorder: async () => await client.cancelOrder({ strategy: 'demo', brokerOrderId: '1' }),
  openposition: async () => await client.openPosition({ ...instrument, strategy: 'demo' }),
};

const fieldNames = [
  'orderid symbol exchange product action quantity order_status pricetype price trigger_price',
  'average_price filled_quantity strategy rejection_reason timestamp client_order_id tradeid name',
  'expiry lotsize tick_size freeze_qty date description holiday_type closed_exchanges mode broker',
].flatMap((names) => names.split(' '));
const usual = fc.constantFrom<unknown>(
  '1',
  5,
  'SBIN',
  'NSE',
  'MIS',
  'BUY',
  'open',
  'live',
  '2026-01-26',
);
const odds: unknown[] = [
  '-0',
  '-0.0',
  '1e400',
  'NaN',
  '0x10',
  '',
  ' ',
  null,
  1e21,
  -1,
  0.5,
  {},
  [[]],
  { toString: 1 },
];
/** What every row must have, with some of it changed. */
const sound = { ...instrument, orderid: '1', action: 'BUY', quantity: 1, order_status: 'open' };
const changes = fc.dictionary(fc.constantFrom(...fieldNames), fc.oneof(usual, anyJson()), {
  maxKeys: 3,
});
const row = changes.map((changed) => ({ ...sound, ...changed }));
const session = fc.record({ exchange: usual, start_time: anyJson(), end_time: anyJson() });
const holiday = fc.record({
  date: fc.constantFrom('2026-01-26', '2026-13-01', '0000-01-01'),
  description: anyJson(),
  holiday_type: fc.constantFrom('TRADING_HOLIDAY', 'SPECIAL_SESSION'),
  closed_exchanges: fc.oneof(fc.array(usual), anyJson()),
  open_exchanges: fc.array(
    fc.oneof(
      session,
      fc.record({
        exchange: fc.constant('NSE'),
        start_time: fc.maxSafeInteger(),
        end_time: fc.maxSafeInteger(),
      }),
    ),
  ),
});
const rows = fc.array(fc.oneof({ weight: 3, arbitrary: row }, holiday, anyJson()), {
  maxLength: 5,
});
const books = rows.map((orders) => ({ orders, holdings: orders }));
const data = fc.oneof(
  { weight: 3, arbitrary: books },
  { weight: 3, arbitrary: rows },
  row,
  anyJson(),
);
const envelope = fc.record(
  {
    status: fc.constantFrom<unknown>(
      'success',
      'success',
      'success',
      'error',
      null,
      1,
      'semi_auto',
    ),
    message: anyJson(),
    data,
    orderid: anyJson(),
    mode: anyJson(),
    quantity: anyJson(),
  },
  { requiredKeys: ['status', 'data'] },
);
const anyAnswer = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 200, 200, 400, 403, 404, 429, 500, 503),
  body: fc.oneof(
    { weight: 1, arbitrary: textLike(...corpus) },
    { weight: 4, arbitrary: envelope.map(jsonOf) },
    { weight: 1, arbitrary: anyJson().map(jsonOf) },
  ),
});

/** Asks and looks at what is made of the answer: nothing is thrown, no number is none. */
async function ask(call: string, given: typeof answer): Promise<void> {
  answer = given;
  const said = await calls[call]?.();
  expect(unsoundNumber(said)).toBeUndefined();
}

describe.each(Object.keys(calls))('%s', (call) => {
  it('takes each field with anything in it', async () => {
    const holidayRow = { date: '2026-01-26', holiday_type: 'TRADING_HOLIDAY' };
    const each = fieldNames.flatMap((name) =>
      odds.map((value) => ({ ...sound, ...holidayRow, [name]: value })),
    );
    for (const said of [each, { orders: each, holdings: each }, ...each]) {
      const body = { ...(Array.isArray(said) ? {} : said), status: 'success', data: said };
      await ask(call, { status: 200, body: JSON.stringify(body) });
    }
  });

  it('takes any answer', async () => {
    const property = fc.asyncProperty(anyAnswer, async (given) => await ask(call, given));
    await fc.assert(property, { numRuns: 200 });
  });

  it('takes what it knows, nested without an end, or of one piece without one', async () => {
    const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const depth of [100, 1_000, 3_000, 5_000, 10_000, 100_000]) {
      const said = `{"status":"success","message":${deep(depth)},"data":${deep(depth)},"orderid":"1"}`;
      for (const status of [200, 500]) await ask(call, { status, body: said });
      const book = JSON.stringify({ orders: [{ ...sound, order_status: 0 }] });
      const nested = book.replace('"order_status":0', `"order_status":${deep(depth)}`);
      await ask(call, { status: 200, body: `{"status":"success","data":${nested}}` });
    }
    for (const text of endlessTexts()) {
      await ask(call, { status: 400, body: text });
      await ask(call, { status: 400, body: JSON.stringify({ status: 'error', message: text }) });
    }
  });
});

test('an order-book row may say anything of its status', async () => {
  const status = { toString: 1, valueOf: null };
  const book = { orders: [{ ...sound, order_status: status }] };
  answer = { status: 200, body: JSON.stringify({ status: 'success', data: book }) };
  const reply = await client.readOrderBook();
  expect(reply).toMatchObject({ value: { rows: [{ brokerOrderId: '1', status: 'other' }] } });
});
