import { describe, expect, it } from 'vitest';
import { brakeKinds } from './brakes.ts';
import type { Calendar } from './market-calendar.ts';
import { at, holding, makeMapping, play } from './testing/make.ts';

const entry = { symbol: 'SBIN', action: 'BUY' };
const exit = { symbol: 'SBIN', action: 'SELL' };

function codeOf(...args: Parameters<typeof play>) {
  const { plans, refusals } = play(...args);
  return plans.length > 0 ? 'planned' : refusals[0]?.code;
}

describe('quantity', () => {
  const unsized = { mappings: [makeMapping({ quantity: null })] };

  it("is the mapping's, without one the signal's", () => {
    expect(play({ ...entry, quantity: 3 }).plans).toMatchObject([{ quantity: 10 }]);
    const { plans } = play({ ...entry, quantity: '3' }, { strategy: unsized });
    expect(plans).toMatchObject([{ quantity: 3 }]);
  });

  it('must come from somewhere, as a whole number', () => {
    expect(codeOf(entry, { strategy: unsized })).toBe('missing_quantity');
    expect(codeOf({ ...entry, quantity: '2.5' }, { strategy: unsized })).toBe('bad_number');
    expect(codeOf({ ...exit, quantity: 'x' }, { strategy: unsized })).toBe('planned');
  });

  it.each([
    [100, null, 'planned'],
    [101, null, 'quantity_above_limit'],
    [50, 50, 'planned'],
    [51, 50, 'quantity_above_limit'],
  ])('a target of %d with a limit of %j: %s', (positionSize, maxQuantity, code) => {
    const body = { ...entry, position_size: positionSize };
    expect(codeOf(body, { strategy: { maxQuantity } })).toBe(code);
    expect(codeOf(body, { strategy: { maxQuantity, tradingMode: 'BOTH' } })).toBe(code);
  });

  it('has no limit of its own where neither mapping nor strategy gives one', () => {
    expect(codeOf({ ...entry, quantity: 1_000_000 }, { strategy: unsized })).toBe('planned');
    const strategy = { ...unsized, maxQuantity: 999 };
    expect(codeOf({ ...entry, quantity: 1000 }, { strategy })).toBe('quantity_above_limit');
  });
});

describe('max_entries', () => {
  it.each([
    ['tradingview', null, 'planned'],
    ['amibroker', null, 'already_in_position'],
    ['tradingview', 2, 'already_in_position'],
    ['amibroker', 3, 'planned'],
  ] as const)('%s with a limit of %j and two entries held: %s', (platform, maxEntries, code) => {
    expect(codeOf(entry, { strategy: { platform, maxEntries }, held: holding(20, 0, 2) })).toBe(
      code,
    );
  });
});

describe('the calendar', () => {
  it('refuses entries of intraday strategies on a holiday, never their exits', () => {
    const now = at('10:00', '2026-01-26');
    expect(codeOf(entry, { now })).toBe('market_closed');
    expect(codeOf(exit, { now })).toBe('planned');
    expect(codeOf(entry, { now, strategy: { isIntraday: false } })).toBe('planned');
  });

  it('refuses them on a weekend, and takes an unknown weekday for a trading day', () => {
    expect(codeOf(entry, { now: at('10:00', '2026-02-07') })).toBe('market_closed');
    expect(codeOf(entry, { now: at('10:00', '2031-02-10') })).toBe('planned');
  });

  it('refuses them outside a special session', () => {
    const strategy = { startTime: '09:00', endTime: '23:00', squareoffTime: '23:10' };
    const evening = { strategy: { ...strategy, mappings: [makeMapping({ exchange: 'MCX' })] } };
    expect(codeOf(entry, { ...evening, now: at('10:00', '2026-03-03') })).toBe('market_closed');
    expect(codeOf(entry, { ...evening, now: at('17:00', '2026-03-03') })).toBe('planned');
  });
});

describe('the square-off', () => {
  it('takes no entries once it began', () => {
    expect(codeOf(entry, { squareOffBegan: true })).toBe('squared_off_today');
    expect(codeOf(exit, { squareOffBegan: true })).toBe('planned');
  });

  it('takes none from its time on either, which a short session brings forward', () => {
    const special = [{ exchange: 'NSE', open: '09:15', close: '12:30' }] as const;
    const calendar: Calendar = new Map([['2026-02-10', { closed: [], special }]]);
    expect(codeOf(entry, { calendar, now: at('12:14:59') })).toBe('planned');
    expect(codeOf(entry, { calendar, now: at('12:15') })).toBe('squared_off_today');
    expect(codeOf(exit, { calendar, now: at('12:15') })).toBe('planned');
    const strategy = { isIntraday: false };
    expect(codeOf(entry, { calendar, now: at('12:15'), strategy })).toBe('planned');
  });
});

describe('a contract that has expired', () => {
  const contract = { exchange: 'NFO', product: 'NRML', symbol: 'NIFTY24FEB26FUT' } as const;
  const positional = { isIntraday: false, mappings: [makeMapping(contract)] };
  const strategy = { ...positional, positionScope: 'strategy' } as const;
  const held = new Map([['NFO:NIFTY24FEB26FUT:NRML', { own: 65, coming: 0, entries: 1 }]]);
  const codeOn = (body: object, now: Temporal.ZonedDateTime) =>
    codeOf(body, { strategy, now, held });

  it('is not entered any more; its exit is not refused', () => {
    expect(codeOn(entry, at('15:29', '2026-02-24'))).toBe('planned');
    expect(codeOn(entry, at('15:30', '2026-02-24'))).toBe('contract_expired');
    expect(codeOn(entry, at('10:00', '2026-02-25'))).toBe('contract_expired');
    expect(codeOn(exit, at('10:00', '2026-02-25'))).toBe('planned');
  });

  it("is OpenAlgo's matter for a strategy of scope account", () => {
    const now = at('10:00', '2026-02-25');
    expect(codeOf(entry, { strategy: positional, now })).toBe('planned');
  });

  it('is named in the answer', () => {
    const { refusals } = play(entry, { strategy, now: at('10:00', '2026-02-25') });
    expect(refusals).toMatchObject([{ text: 'The contract NIFTY24FEB26FUT has expired' }]);
  });
});

it.each([
  ['stop_entries', 'entries_stopped', 'planned'],
  ['halt', 'halted', 'planned'],
  ['flatten', 'flattening', 'planned'],
  ['account_paused', 'account_paused', 'planned'],
  ['trading_off', 'trading_off', 'planned'],
  ['strategy_inactive', 'strategy_inactive', 'strategy_inactive'],
  ['session_dead', 'planned', 'planned'],
  ['restored', 'database_restored', 'planned'],
] as const)('under %s an entry is %s, an exit %s', (brake, onEntry, onExit) => {
  expect(codeOf(entry, { brakes: [brake] })).toBe(onEntry);
  expect(codeOf(exit, { brakes: [brake] })).toBe(onExit);
});

it('notes that an exit waits for a brake', () => {
  expect(play(exit, { brakes: ['account_paused', 'stop_entries'] }).notes).toEqual([
    { kind: 'exit_waits', symbol: 'SBIN', text: 'The exit waits: account_paused' },
  ]);
  expect(play(exit, { brakes: ['stop_entries'] }).notes).toEqual([]);
  expect(brakeKinds).toHaveLength(9);
});

it('notes what the body says against the mapping', () => {
  const body = { ...entry, quantity: '100', exchange: 'bse', product: 'MIS', pricetype: 'LIMIT' };
  expect(play(body).notes.map((note) => note.text)).toEqual([
    'exchange bse of the signal is ignored: NSE is used',
    'quantity 100 of the signal is ignored: 10 is used',
    'pricetype LIMIT of the signal is ignored: MARKET is used',
  ]);
  expect(play({ ...entry, quantity: '10.0', pricetype: 'market' }).notes).toEqual([]);
});

it('passes no empty symbol through `*`', () => {
  const strategy = { mappings: [makeMapping({ signalSymbol: '*', symbol: '*' })] };
  expect(codeOf({ symbol: null, action: 'BUY' }, { strategy })).toBe('no_mapping');
  expect(codeOf({ symbol: ' ', action: 'BUY' }, { strategy })).toBe('no_mapping');
});
