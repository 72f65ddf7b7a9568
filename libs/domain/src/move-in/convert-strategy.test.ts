import { describe, expect, test } from 'vitest';
import { convertStrategy } from './convert-strategy.ts';
import type { OpenAlgoMapping, OpenAlgoStrategy } from './openalgo-strategy.ts';

const today = Temporal.PlainDate.from('2026-11-24');
const webhookId = '0192AAAA-0000-4000-8000-00000000000F';

function makeMapping(changes: Partial<OpenAlgoMapping> = {}): OpenAlgoMapping {
  return { symbol: 'SBIN', exchange: 'NSE', quantity: '10', product: 'MIS', ...changes };
}

function convert(changes: Partial<OpenAlgoStrategy> = {}, taken: string[] = []) {
  const strategy: OpenAlgoStrategy = {
    source: 'strategies',
    id: '7',
    name: 'tradingview_trend',
    webhookId,
    platform: 'tradingview',
    tradingMode: 'LONG',
    isActive: '1',
    isIntraday: '1',
    startTime: '09:20',
    endTime: '15:00',
    squareoffTime: '15:10',
    mappings: [makeMapping()],
    ...changes,
  };
  return convertStrategy(strategy, { taken: new Set(taken), today });
}

test('a good strategy is taken as it is, but inactive, with scope account', () => {
  expect(convert()).toEqual({
    draft: expect.objectContaining({
      name: 'tradingview_trend',
      platform: 'tradingview',
      tradingMode: 'LONG',
      isActive: false,
      positionScope: 'account',
      startTime: '09:20',
      endTime: '15:00',
      squareoffTime: '15:10',
      mappings: [expect.objectContaining({ signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 })],
    }),
    webhookId: webhookId.toLowerCase(),
    wasActive: true,
    fixed: [],
    refused: [],
  });
  expect(convert({ isActive: '0' }).wasActive).toBe(false);
});

describe('times', () => {
  test.each(['15:11', '15:15', '15:30'])('a square-off of shares at %s becomes 15:10', (time) => {
    const { draft, fixed } = convert({ squareoffTime: time });
    expect(draft?.squareoffTime).toBe('15:10');
    expect(fixed).toEqual([expect.stringContaining(`square-off ${time} becomes 15:10`)]);
  });

  test('with it the last entry, where that would be later', () => {
    const { draft, fixed } = convert({ endTime: '15:12', squareoffTime: '15:20' });
    expect(draft).toMatchObject({ endTime: '15:09', squareoffTime: '15:10' });
    expect(fixed).toHaveLength(2);
  });

  test('derivatives may square off then, and what is too late for shares is refused', () => {
    const future = makeMapping({ exchange: 'NFO', symbol: 'NIFTY29DEC26FUT', product: 'NRML' });
    const late = { squareoffTime: '15:25', endTime: '15:20' };
    expect(convert({ ...late, mappings: [future] })).toMatchObject({
      draft: { squareoffTime: '15:25', endTime: '15:20' },
      fixed: [],
    });
    expect(convert({ squareoffTime: '15:31' })).toMatchObject({
      draft: undefined,
      refused: [expect.stringContaining('Square off time is after the market hours of NSE')],
    });
  });

  test('a first entry before the market opens is the opening', () => {
    const { draft, fixed } = convert({ startTime: '9:00' });
    expect(draft?.startTime).toBe('09:15');
    expect(fixed).toEqual([expect.stringContaining('first entry 09:00 becomes 09:15')]);
  });

  test('other spellings are understood without a word', () => {
    const times = { startTime: ' 9:20', endTime: '15:00:00', squareoffTime: '15:10:00.000' };
    expect(convert(times)).toMatchObject({
      draft: { startTime: '09:20', endTime: '15:00', squareoffTime: '15:10' },
      fixed: [],
    });
  });

  test('a positional strategy has none', () => {
    expect(convert({ isIntraday: '0' })).toMatchObject({
      draft: { isIntraday: false, startTime: null, squareoffTime: null },
      fixed: [expect.stringContaining('its times are left out')],
    });
    expect(
      convert({ isIntraday: '0', startTime: null, endTime: '', squareoffTime: ' ' }),
    ).toMatchObject({ draft: { endTime: null }, fixed: [] });
  });

  test.each([
    [{ startTime: '15:05' }, 'Start time must be before end time'],
    [{ endTime: '15:10' }, 'End time must be before square off time'],
    [{ startTime: null }, 'All time fields are required for intraday strategy'],
    [{ endTime: 'noon' }, 'Invalid time format'],
    [{ squareoffTime: '25:00' }, 'Invalid time format'],
  ])('%o is refused', (changes, text) => {
    expect(convert(changes)).toMatchObject({ draft: undefined, refused: [text] });
  });
});

describe('names', () => {
  test.each([
    ['<script>alert(1)</script>', 'script alert 1 script'],
    ['Trend (NSE), 5 min', 'Trend NSE 5 min'],
    ['ab', 'ab strategy 7'],
    ['  ', 'strategy 7'],
    [null, 'strategy 7'],
    ['हिन्दी', 'strategy 7'],
    ['x'.repeat(60), 'x'.repeat(50)],
  ])('%s becomes one that may be saved', (name, saved) => {
    const { draft, fixed } = convert({ name });
    expect(draft?.name).toBe(saved);
    expect(fixed).toEqual([`its name becomes "${saved}"`]);
  });

  test('a name that is taken gets a number', () => {
    expect(convert({ name: 'Trend' }, ['Trend', 'Trend 2']).draft?.name).toBe('Trend 3');
    const long = 'x'.repeat(50);
    expect(convert({ name: long }, [long]).draft?.name).toBe(`${'x'.repeat(48)} 2`);
  });
});

describe('mappings', () => {
  test.each([
    [{ exchange: 'NSE_INDEX' }, 'mapping SBIN: Invalid exchange: NSE_INDEX'],
    [{ product: 'NRML' }, 'mapping SBIN: Product NRML is not valid for NSE: use MIS or CNC'],
    [{ product: 'BO' }, 'mapping SBIN: Invalid product: BO'],
    [{ quantity: '0' }, 'mapping SBIN: Quantity must be greater than 0'],
    [{ quantity: '1.5' }, 'mapping SBIN: Quantity must be a valid number'],
    [{ quantity: null }, 'mapping SBIN: Quantity must be a valid number'],
    [{ quantity: 'many' }, 'mapping SBIN: Quantity must be a valid number'],
    [{ symbol: '' }, 'mapping without a symbol: Symbol is required; Invalid symbol: '],
    [{ symbol: 'S BIN;--' }, 'mapping S BIN;--: Invalid symbol: S BIN;--'],
  ])('%o is refused, the strategy is taken without it', (changes, text) => {
    const { draft, refused } = convert({
      mappings: [makeMapping(changes), makeMapping({ symbol: 'INFY' })],
    });
    expect(draft?.mappings.map(({ symbol }) => symbol)).toEqual(['INFY']);
    expect(refused).toEqual([text]);
  });

  test('the first of a symbol counts', () => {
    const { draft, refused } = convert({
      mappings: [makeMapping(), makeMapping({ symbol: ' sbin ', quantity: '99' })],
    });
    expect(draft?.mappings).toMatchObject([{ signalSymbol: 'SBIN', quantity: 10 }]);
    expect(refused).toEqual(['mapping sbin: it is there twice, the first one counts']);
  });

  test('CNC has no place where the strategy may go short', () => {
    const { draft, refused } = convert({
      tradingMode: 'BOTH',
      mappings: [makeMapping(), makeMapping({ symbol: 'INFY', product: 'CNC' })],
    });
    expect(draft?.mappings.map(({ symbol }) => symbol)).toEqual(['SBIN']);
    expect(refused).toEqual([expect.stringContaining('mapping INFY: CNC knows no shorts')]);
  });
});

test.each([
  { given: 'sideways', refused: ['Trading mode is required: LONG, SHORT or BOTH'] },
  { given: 'both', mode: 'BOTH' },
  { given: null, mode: 'LONG', fixed: ['it has no trading mode: LONG, as OpenAlgo takes it'] },
])('trading mode $given', ({ given, mode, refused = [], fixed = [] }) => {
  const converted = convert({ tradingMode: given });
  expect(converted.draft?.tradingMode).toBe(mode);
  expect(converted).toMatchObject({ refused, fixed });
});

test.each([
  ['TradingView ', 'tradingview', 0],
  ['gocharting', 'gocharting', 0],
  ['chartink', 'others', 1],
  ['zapier', 'others', 1],
  [null, 'others', 1],
])('platform %s', (platform, saved, fixes) => {
  const { draft, fixed } = convert({ platform });
  expect(draft?.platform).toBe(saved);
  expect(fixed).toHaveLength(fixes);
});

test.each([null, '', 'not-a-uuid', `${webhookId}x`])('webhook id %s is refused', (id) => {
  expect(convert({ webhookId: id })).toMatchObject({
    draft: undefined,
    webhookId: undefined,
    refused: ['its webhook id is no UUID'],
  });
});

test('a ChartInk strategy has no mode: its scans say what they mean', () => {
  const chartink = { source: 'chartink_strategies', platform: null, tradingMode: null } as const;
  expect(convert(chartink)).toMatchObject({
    draft: { platform: 'chartink', tradingMode: null, chartinkAction: null, isActive: false },
    fixed: [],
    refused: [],
  });
});
