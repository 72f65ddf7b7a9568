import { expect, test } from 'vitest';
import { openSimulator, order } from '../support/simulator.ts';

const exchanges =
  'NSE, NFO, CDS, BSE, BFO, BCD, MCX, NCDEX, NCO, NSE_INDEX, BSE_INDEX, MCX_INDEX, GLOBAL_INDEX, CRYPTO';
const missing = ['Missing data for required field.'];

const wrongOrders: readonly (readonly [string, object, string])[] = [
  ['a wrong exchange', { exchange: 'nse' }, `{'exchange': ['Must be one of: ${exchanges}.']}`],
  ['a wrong action', { action: 'Buy' }, "{'action': ['Must be one of: BUY, SELL, buy, sell.']}"],
  ['a wrong product', { product: 'XXX' }, "{'product': ['Must be one of: MIS, NRML, CNC.']}"],
  [
    'a wrong price type',
    { pricetype: 'market' },
    "{'pricetype': ['Must be one of: MARKET, LIMIT, SL, SL-M.']}",
  ],
  ['no quantity', { quantity: undefined }, "{'quantity': ['Missing data for required field.']}"],
  ['quantity 0', { quantity: '0' }, "{'quantity': ['Quantity must be a positive number.']}"],
  ['a quantity in words', { quantity: 'abc' }, "{'quantity': ['Not a valid number.']}"],
  ['a quantity of true', { quantity: true }, "{'quantity': ['Not a valid number.']}"],
  ['a quantity of null', { quantity: null }, "{'quantity': ['Field may not be null.']}"],
  [
    'an endless quantity',
    { quantity: 'inf' },
    "{'quantity': ['Special numeric values (nan or infinity) are not permitted.']}",
  ],
  [
    'a fraction',
    { quantity: '1.9' },
    "{'quantity': ['Fractional quantity (1.9) is not allowed for non-crypto exchanges.']}",
  ],
  ['a symbol that is a number', { symbol: 1 }, "{'symbol': ['Not a valid string.']}"],
  ['a negative price', { price: -1 }, "{'price': ['Price must be a non-negative number.']}"],
  [
    'a negative trigger price',
    { trigger_price: '-1' },
    "{'trigger_price': ['Trigger price must be a non-negative number.']}",
  ],
  [
    'a disclosed quantity that is a text with a fraction',
    { disclosed_quantity: '1.5' },
    "{'disclosed_quantity': ['Not a valid integer.']}",
  ],
  ['an empty key', { apikey: '' }, "{'apikey': ['Length must be between 1 and 256.']}"],
  ['a target', { position_size: 5 }, "{'position_size': ['Unknown field.']}"],
  [
    'several things',
    { action: 'HOLD', client_order_id: 'x' },
    "{'action': ['Must be one of: BUY, SELL, buy, sell.'], 'client_order_id': ['Unknown field.']}",
  ],
];

test.each(wrongOrders)(
  'placeorder refuses %s in OpenAlgo words',
  async (_what, change, message) => {
    await using simulator = await openSimulator();
    const reply = await simulator.post('placeorder', order(change));
    expect(reply).toEqual({ status: 400, body: { status: 'error', message } });
  },
);

test('placesmartorder takes quantity 0, needs a target and knows no underlying_ltp', async () => {
  await using simulator = await openSimulator({ mode: 'analyze' });
  const reply = await simulator.post(
    'placesmartorder',
    order({ quantity: 0, underlying_ltp: null }),
  );
  const message =
    "{'position_size': ['Missing data for required field.'], 'underlying_ltp': ['Unknown field.']}";
  expect(reply).toEqual({ status: 400, body: { status: 'error', message, mode: 'analyze' } });
});

test('placeorder never adds the mode to a schema error', async () => {
  await using simulator = await openSimulator({ mode: 'analyze' });
  const { body } = await simulator.post('placeorder', order({ quantity: '0' }));
  expect(body).not.toHaveProperty('mode');
});

test.each([
  ['ping', { apikey: undefined }, { apikey: missing }],
  ['orderbook', { extra: 1 }, { extra: ['Unknown field.'] }],
  ['search', {}, { query: missing }],
  ['quotes', { symbol: 'SBIN', exchange: 'X' }, { exchange: [`Must be one of: ${exchanges}.`] }],
  [
    'market/holidays',
    { year: 2051 },
    { year: ['Must be greater than or equal to 2020 and less than or equal to 2050.'] },
  ],
])('%s tells of a wrong body with a JSON object', async (endpoint, body, message) => {
  await using simulator = await openSimulator();
  const reply = await simulator.post(endpoint, body);
  expect(reply).toEqual({ status: 400, body: { status: 'error', message } });
});

test.each([
  [
    'closeposition',
    { symbol: 'SBIN' },
    "{'strategy': ['Missing data for required field.'], 'symbol': ['Unknown field.']}",
  ],
  ['analyzer/toggle', { mode: 'maybe' }, "{'mode': ['Not a valid boolean.']}"],
  ['orderstatus', { strategy: 'T' }, "{'orderid': ['Missing data for required field.']}"],
])('%s tells of a wrong body with a text', async (endpoint, body, message) => {
  await using simulator = await openSimulator();
  const reply = await simulator.post(endpoint, body);
  expect(reply).toEqual({ status: 400, body: { status: 'error', message } });
});
