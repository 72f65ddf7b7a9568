import { describe, expect, it } from 'vitest';
import { contractEndsAt, hasExpired, parseContract } from './contract.ts';
import type { Exchange } from './instrument.ts';
import { type Calendar, calendarOf2026 } from './market-calendar.ts';
import { at } from './testing/make.ts';

function shown(symbol: string): string | undefined {
  const contract = parseContract(symbol);
  if (contract === undefined) return undefined;
  const { underlying, expiry, kind, strike } = contract;
  return `${underlying} ${expiry.toString()} ${kind} ${strike ?? '-'}`;
}

describe("OpenAlgo's name of a contract", () => {
  it.each([
    ['NIFTY28OCT25FUT', 'NIFTY 2025-10-28 FUT -'],
    ['NIFTY28OCT2525000CE', 'NIFTY 2025-10-28 CE 25000'],
    ['BANKNIFTY24FEB2652000PE', 'BANKNIFTY 2026-02-24 PE 52000'],
    ['NIFTYNXT5024FEB26FUT', 'NIFTYNXT50 2026-02-24 FUT -'],
    ['360ONE24FEB261100CE', '360ONE 2026-02-24 CE 1100'],
    ['M&M24FEB26FUT', 'M&M 2026-02-24 FUT -'],
    ['BAJAJ-AUTO24FEB269500PE', 'BAJAJ-AUTO 2026-02-24 PE 9500'],
    ['USDINR26FEB26FUT', 'USDINR 2026-02-26 FUT -'],
    ['USDINR26FEB2686.25CE', 'USDINR 2026-02-26 CE 86.25'],
    ['CRUDEOILM19MAR26FUT', 'CRUDEOILM 2026-03-19 FUT -'],
    ['CRUDEOIL17FEB265750CE', 'CRUDEOIL 2026-02-17 CE 5750'],
    ['GOLDPETAL27FEB26FUT', 'GOLDPETAL 2026-02-27 FUT -'],
    ['SENSEX29FEB2880000CE', 'SENSEX 2028-02-29 CE 80000'],
  ])('%s is %s', (symbol, expected) => {
    expect(shown(symbol)).toBe(expected);
  });

  it.each([
    'SBIN',
    'NIFTY',
    'NIFTY28OCTFUT',
    'NIFTY28OCT2025FUT', // the year has two digits
    'NIFTY31FEB26FUT',
    'NIFTY00JAN26FUT',
    'NIFTY28OKT25FUT',
    'NIFTY28OCT25FUTX',
    '28OCT25FUT',
    'NIFTY28OCT25CE',
    'NIFTY28OCT2525000.CE',
    'nifty28oct25fut',
    `NIFTY28OCT25${'9'.repeat(400)}CE`, // no number
    '',
  ])('%j is none', (symbol) => {
    expect(shown(symbol)).toBeUndefined();
  });

  it('always has a year: one that is written without is read as a contract of long ago', () => {
    expect(shown('NIFTY25JAN21500CE')).toBe('NIFTY 2021-01-25 CE 500');
  });
});

const ends = (exchange: Exchange, symbol: string, calendar: Calendar = calendarOf2026) =>
  contractEndsAt({ exchange, symbol }, calendar)
    ?.toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

describe('a contract ends', () => {
  it('at the close of its exchange on the date of its expiry', () => {
    expect(ends('NFO', 'NIFTY24FEB26FUT')).toBe('2026-02-24T15:30');
    expect(ends('NFO', 'NIFTY25AUG26FUT')).toBe('2026-08-25T15:40');
    expect(ends('CDS', 'USDINR26FEB26FUT')).toBe('2026-02-26T17:00');
    expect(ends('MCX', 'CRUDEOIL19FEB26FUT')).toBe('2026-02-19T23:55');
    expect(ends('MCX', 'CRUDEOIL18JUN26FUT')).toBe('2026-06-18T23:30');
  });

  it('with the short session of a special day, and at the usual time of a day that is closed', () => {
    const special = [{ exchange: 'NFO', open: '09:15', close: '12:30' }] as const;
    const short: Calendar = new Map([['2026-02-24', { closed: [], special }]]);
    expect(ends('NFO', 'NIFTY24FEB26FUT', short)).toBe('2026-02-24T12:30');
    expect(ends('NFO', 'NIFTY26JAN26FUT')).toBe('2026-01-26T15:30');
  });

  it('never where it is none: a share, whatever it is called', () => {
    expect(ends('NSE', 'NIFTY24FEB26FUT')).toBeUndefined();
    expect(ends('NFO', 'SBIN')).toBeUndefined();
    const share = { exchange: 'NSE', symbol: 'OLD28OCT25FUT' } as const;
    expect(hasExpired(share, { now: at('10:00'), calendar: calendarOf2026 })).toBe(false);
  });

  it.each([
    ['2026-02-23', '15:35', false],
    ['2026-02-24', '15:29:59', false],
    ['2026-02-24', '15:30', true],
    ['2026-02-25', '09:15', true],
    ['2027-02-24', '09:15', true],
  ] as const)('for NIFTY24FEB26FUT on %s at %s: %s', (date, time, expected) => {
    const future = { exchange: 'NFO', symbol: 'NIFTY24FEB26FUT' } as const;
    expect(hasExpired(future, { now: at(time, date), calendar: calendarOf2026 })).toBe(expected);
  });
});
