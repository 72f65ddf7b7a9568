import { expect, it } from 'vitest';
import { parseSignal } from './parse-signal.ts';
import type { Platform } from './strategy.ts';
import { bytes } from './testing/make.ts';

const body = {
  stocks: 'SEPOWER, astec ,,SEPOWER,TCS',
  trigger_prices: '3.75,541.8,,9',
  triggered_at: '2:34 pm',
  scan_name: ' BUY breakouts ',
  scan_url: 'short-term-breakouts',
};

function scanOf(fields: object, platform: Platform = 'chartink') {
  const parsed = parseSignal({ body: bytes(JSON.stringify(fields)), platform });
  if (!parsed.ok || parsed.signal.kind !== 'scan') throw new Error(JSON.stringify(parsed));
  return parsed.signal;
}

it('reads parallel lists, skips blanks, counts a stock once', () => {
  const { scanName, stocks } = scanOf(body);
  expect(scanName).toBe('BUY breakouts');
  expect(stocks.map(({ symbol, triggerPrice }) => [symbol, triggerPrice])).toEqual([
    ['SEPOWER', '3.75'],
    ['ASTEC', '541.8'],
    ['TCS', null],
  ]);
  expect(stocks[1]?.symbolAsSent).toBe('astec');
});

it('belongs to ChartInk on either path, by its `stocks`', () => {
  expect(scanOf(body, 'tradingview').stocks).toHaveLength(3);
});

it('is the only body that a ChartInk strategy takes', () => {
  expect(scanOf({ symbol: 'SBIN', action: 'BUY' })).toMatchObject({ scanName: '', stocks: [] });
});

it('tells each stock of a call by scan, price and time, not by its neighbours', () => {
  const contentOf = (fields: object) => scanOf(fields).stocks[0]?.content;
  const first = contentOf(body);
  expect(contentOf({ ...body, stocks: 'SEPOWER,INFY', scan_url: 'other' })).toBe(first);
  expect(contentOf({ ...body, trigger_prices: '3.80' })).not.toBe(first);
  expect(contentOf({ ...body, triggered_at: '2:35 pm' })).not.toBe(first);
  expect(contentOf({ ...body, scan_name: 'SELL' })).not.toBe(first);
});

it('may be a form', () => {
  const parsed = parseSignal({ body: bytes('stocks=A%2CB&scan_name=BUY'), platform: 'chartink' });
  expect(parsed).toMatchObject({ ok: true, signal: { scanName: 'BUY', stocks: [{}, {}] } });
});
