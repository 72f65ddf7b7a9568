import { expect, test } from 'vitest';
import { openSimulator } from '../support/simulator.ts';

test('quotes what was set, and fails without a price', async () => {
  await using simulator = await openSimulator();
  const about = { symbol: 'SBIN', exchange: 'NSE' };
  await simulator.control('POST quote', { symbol: 'SBIN', ltp: 812.5, ask: 813 });
  const { body } = await simulator.post('quotes', about);
  expect(body['data']).toMatchObject({ ltp: 812.5, bid: 812.45, ask: 813 });
  await simulator.control('POST quote', { symbol: 'SBIN', ltp: null });
  expect((await simulator.post('quotes', about)).status).toBe(500);
});

test('knows lot and freeze quantity of a contract', async () => {
  await using simulator = await openSimulator({ unknownSymbols: 'refused' });
  const about = { symbol: 'NIFTY24FEB2625000CE', exchange: 'NFO' };
  const missing = await simulator.post('symbol', about);
  expect(missing).toEqual({
    status: 404,
    body: { status: 'error', message: 'Symbol NIFTY24FEB2625000CE not found in exchange NFO' },
  });
  await simulator.control('POST instrument', { ...about, lotSize: 65, freezeQuantity: 1800 });
  expect((await simulator.post('symbol', about)).body['data']).toMatchObject({
    lotsize: 65,
    freeze_qty: 1800,
    expiry: '24-FEB-26',
    strike: 25000,
    instrumenttype: 'CE',
  });
});

test('finds symbols by a part of them, and none with 200', async () => {
  await using simulator = await openSimulator();
  const found = await simulator.post('search', { query: 'relian', exchange: 'NSE' });
  expect(found.body).toMatchObject({
    message: 'Found 1 matching symbols',
    data: [{ symbol: 'RELIANCE', exchange: 'NSE', lotsize: 1 }],
  });
  expect((await simulator.post('search', { query: 'ZZZZ' })).body).toMatchObject({
    status: 'success',
    data: [],
  });
});

test('gives the holidays of 2026, and an empty list for a year it does not know', async () => {
  await using simulator = await openSimulator();
  const { body } = await simulator.post('market/holidays', { year: '2026' });
  const days = body['data'] as readonly { date: string; holiday_type: string }[];
  expect(days.find((day) => day.date === '2026-01-26')?.holiday_type).toBe('TRADING_HOLIDAY');
  expect(days.find((day) => day.date === '2026-11-08')?.holiday_type).toBe('SPECIAL_SESSION');
  expect((await simulator.post('market/holidays', { year: 2031 })).body['data']).toEqual([]);
});

test('gives the hours of a day as epoch milliseconds, without looking at the key', async () => {
  await using simulator = await openSimulator();
  const ask = async (date: string) => {
    const { body } = await simulator.post('market/timings', { apikey: 'unknown', date });
    return body['data'] as readonly { exchange: string; start_time: number }[];
  };
  const nse = (await ask('2026-02-10')).find((row) => row.exchange === 'NSE');
  expect(nse?.start_time).toBe(Date.parse('2026-02-10T09:15:00+05:30'));
  expect((await ask('2026-02-14')).map((row) => row.exchange)).toEqual(['CRYPTO']);
  expect((await ask('2026-01-26')).map((row) => row.exchange)).toEqual(['MCX', 'CRYPTO']);
});

test('refuses control requests that make no sense, and says why', async () => {
  await using simulator = await openSimulator();
  await expect(simulator.control('POST faults', [{ kind: 'explode' }])).rejects.toThrow('kind');
  await expect(simulator.control('POST faults', { kind: 'delay' })).rejects.toThrow('ms');
  await expect(simulator.control('POST nowhere')).rejects.toThrow('no control route');
  await expect(simulator.control('POST account', { apikey: 'unknown' })).rejects.toThrow(
    'no account',
  );
});
