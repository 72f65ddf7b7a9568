import { describe, expect, it } from 'vitest';
import { checkStrategy } from './check-strategy.ts';
import type { Mapping } from './mapping.ts';
import type { Strategy } from './strategy.ts';
import { makeMapping, makeStrategy } from './testing/make.ts';

const today = Temporal.PlainDate.from('2026-02-10');

function issuesOf(changes: Partial<Strategy>) {
  return checkStrategy(makeStrategy(changes), today).issues.map(({ text }) => text);
}

it('takes a good strategy without a word', () => {
  const good = makeStrategy({ name: 'My_strategy-2 ', squareoffTime: '15:10' });
  expect(checkStrategy({ ...good, name: good.name.trim() }, today)).toEqual({
    issues: [],
    warnings: [],
  });
});

describe('name', () => {
  it.each([
    ['', /is required/],
    ['ab', /between 3 and 50/],
    ['a'.repeat(51), /between 3 and 50/],
    ['a/b c', /can only contain/],
    ['наме', /can only contain/],
    [' abc', /begins or ends with a space/],
  ])('%j: %s', (name, text) => {
    expect(issuesOf({ name })).toEqual([expect.stringMatching(text)]);
  });
});

describe('times', () => {
  it.each([
    [{ startTime: null }, 'All time fields are required for intraday strategy'],
    [{ startTime: '9:20' }, 'Invalid time format'],
    [{ startTime: '24:00' }, 'Invalid time format'],
    [{ startTime: '15:00' }, 'Start time must be before end time'],
    [{ endTime: '15:15' }, 'End time must be before square off time'],
    [{ isIntraday: false }, 'Only intraday strategies have times'],
    [{ startTime: '09:14' }, 'Start time is before the market hours of NSE: 09:15 to 15:30'],
    [
      { squareoffTime: '15:31' },
      'Square off time is after the market hours of NSE: 09:15 to 15:30',
    ],
  ] as const)('%j: %s', (changes, text) => {
    expect(issuesOf(changes)).toEqual([text]);
  });

  it('lie inside the hours common to all mapped exchanges', () => {
    const mappings = [makeMapping(), makeMapping({ signalSymbol: 'G', exchange: 'MCX' })];
    const late = { mappings, endTime: '20:00', squareoffTime: '23:00' };
    expect(issuesOf(late)).toEqual([expect.stringContaining('NSE, MCX: 09:15 to 15:30')]);
    expect(issuesOf({ ...late, mappings: mappings.slice(1) })).toEqual([]);
  });

  it.each([
    ['15:10', 0],
    ['15:11', 1],
    ['15:30', 1],
  ])('a square-off of shares at %s brings %d warnings', (squareoffTime, count) => {
    const draft = makeStrategy({ squareoffTime });
    expect(checkStrategy(draft, today)).toMatchObject({ issues: [] });
    expect(checkStrategy(draft, today).warnings).toHaveLength(count);
    const futures = [makeMapping({ exchange: 'NFO' })];
    expect(checkStrategy({ ...draft, mappings: futures }, today).warnings).toEqual([]);
  });
});

describe('mode, limits and mappings', () => {
  const cnc = [makeMapping({ product: 'CNC' })];

  it.each([
    [{ tradingMode: null }, /Trading mode is required/],
    [{ tradingMode: 'LONG', chartinkAction: 'SHORT' }, /takes no SHORT scans/],
    [{ tradingMode: 'SHORT', mappings: cnc }, /CNC knows no shorts/],
    [{ tradingMode: 'BOTH', mappings: cnc }, /CNC knows no shorts/],
    [{ maxQuantity: 0, mappings: [] }, /maxQuantity must be/],
    [{ maxEntries: 1.5 }, /maxEntries must be/],
    [{ maxOrdersPerDay: -1 }, /maxOrdersPerDay must be/],
    [{ entryMaxAgeMs: 3e9 }, /entryMaxAgeMs must be/],
    [{ duplicateWindowMs: -1 }, /duplicateWindowMs must be/],
    [{ maxQuantity: 9 }, /above max_quantity/],
  ] as const)('%j', (changes, text) => {
    expect(issuesOf(changes as Partial<Strategy>)).toEqual([expect.stringMatching(text)]);
  });

  it('ChartInk may leave the mode open but not the quantity, and may hold CNC', () => {
    const scan = { platform: 'chartink', tradingMode: null } as const;
    expect(issuesOf({ ...scan, mappings: cnc })).toEqual([]);
    expect(issuesOf({ ...scan, mappings: cnc, chartinkAction: 'COVER' })).toHaveLength(1);
    expect(issuesOf({ ...scan, mappings: [makeMapping({ quantity: null })] })).toEqual([
      expect.stringContaining('ChartInk sends no quantity'),
    ]);
  });

  it('a duplicate window of 0 is allowed: it turns the check off', () => {
    expect(issuesOf({ duplicateWindowMs: 0 })).toEqual([]);
  });
});

it('warns of a contract that has expired, from the day after on', () => {
  const mapping = { exchange: 'NFO', product: 'NRML', symbol: 'NIFTY10FEB26FUT' } as const;
  const warningsOn = (date: string, changes: Partial<Mapping> = {}) =>
    checkStrategy(
      makeStrategy({ squareoffTime: '15:10', mappings: [makeMapping({ ...mapping, ...changes })] }),
      Temporal.PlainDate.from(date),
    ).warnings.map(({ text }) => text);
  expect(warningsOn('2026-02-10')).toEqual([]);
  expect(warningsOn('2026-02-11')).toEqual([
    'NIFTY10FEB26FUT expired on 2026-02-10: map the signal to the next contract',
  ]);
  expect(warningsOn('2026-02-11', { symbol: 'NIFTY24FEB26FUT' })).toEqual([]);
});

describe('times without mappings', () => {
  const warningsOf = (changes: Partial<Strategy>) =>
    checkStrategy(makeStrategy({ mappings: [], ...changes }), today).warnings;

  it.each([
    ['06:00', '23:59', 1],
    ['09:00', '15:10', 0],
    ['09:15', '23:20', 0],
  ])('%s to %s: %i warning', (startTime, squareoffTime, count) => {
    expect(warningsOf({ startTime, squareoffTime })).toHaveLength(count);
  });
});
