import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import type { Instrument } from './instrument.ts';
import type { Mapping } from './mapping.ts';
import { calendarOf2026 } from './market-calendar.ts';
import { type OpenPosition, planSquareOff, type SquareOffInput } from './plan-square-off.ts';

const accountId = brandIds.account(1);
const elsewhere = brandIds.account(2);

const share = (symbol: string, product: Instrument['product'] = 'MIS'): Instrument => ({
  exchange: 'NSE',
  symbol,
  product,
});
const position = (symbol: string, quantity: number, product = 'MIS'): OpenPosition => ({
  exchange: 'NSE',
  symbol,
  product,
  quantity,
});
const mapping = (symbol: string, values: Partial<Mapping> = {}): Mapping => ({
  id: 1,
  signalSymbol: symbol,
  symbol,
  multiplier: null,
  exchange: 'NSE',
  product: 'MIS',
  quantity: 1,
  ...values,
});

function plan(
  values: Partial<Omit<SquareOffInput, 'strategy'>> & {
    strategy?: Partial<SquareOffInput['strategy']>;
  },
) {
  return planSquareOff({
    traded: [],
    held: [],
    otherMode: [],
    positions: [],
    stored: new Set(),
    sessionDate: Temporal.PlainDate.from('2026-02-10'),
    now: Temporal.ZonedDateTime.from('2026-02-10T15:10:00[Asia/Kolkata]'),
    calendar: calendarOf2026,
    isAuctionStock: () => true,
    ...values,
    strategy: {
      accountId,
      tradingMode: 'LONG',
      chartinkAction: null,
      mappings: [],
      squareoffTime: '15:10',
      positionScope: 'account',
      ...values.strategy,
    },
  });
}

const symbolsOf = ({ exits }: ReturnType<typeof plan>) =>
  exits.map((exit) => exit.instrument.symbol);

it('closes what was traded, by a smart order to 0 that waits until the close', () => {
  const traded = [{ accountId, instrument: share('SBIN') }];
  expect(plan({ traded })).toEqual({
    tooLate: [],
    leftInOtherMode: [],
    exits: [
      {
        accountId,
        instrument: share('SBIN'),
        role: 'exit',
        lane: 'smart',
        priority: 1,
        action: 'SELL',
        quantity: 0,
        targetPosition: 0,
        ownTarget: null,
        cause: 'square_off',
        notBeforeMs: null,
        expiresInMs: 20 * 60_000,
      },
    ],
  });
});

it('adds the mapped symbols that are open, and no others', () => {
  const mappings = ['SBIN', 'INFY', 'TCS', 'WIPRO'].map((symbol) => mapping(symbol));
  const positions = [
    position('SBIN', 5),
    position('INFY', 0),
    position('TCS', -5),
    position('ITC', 9),
  ];
  const traded = [{ accountId, instrument: share('SBIN') }];
  expect(symbolsOf(plan({ strategy: { mappings }, positions, traded }))).toEqual(['SBIN', 'TCS']);
});

it('a mapping for * covers every open symbol of its exchange and product', () => {
  const mappings = [mapping('*')];
  const positions = [
    position('SBIN', 5),
    position('INFY', 5, 'CNC'),
    { ...position('X', 5), exchange: 'BSE' },
  ];
  expect(symbolsOf(plan({ strategy: { mappings }, positions }))).toEqual(['SBIN']);
});

it('without a position book closes what was traded', () => {
  const traded = [{ accountId, instrument: share('SBIN') }];
  const mappings = [mapping('INFY')];
  expect(symbolsOf(plan({ traded, strategy: { mappings }, positions: null }))).toEqual(['SBIN']);
});

it('leaves out what an earlier try stored', () => {
  const traded = [{ accountId, instrument: share('SBIN') }];
  expect(symbolsOf(plan({ traded, stored: new Set(['1:NSE:SBIN:MIS']) }))).toEqual([]);
});

it('closes a position where it was built, on an account that the strategy has left', () => {
  const traded = [{ accountId: elsewhere, instrument: share('SBIN') }];
  expect(plan({ traded }).exits.map((exit) => exit.accountId)).toEqual([elsewhere]);
});

describe('CNC', () => {
  const traded = [{ accountId, instrument: share('SBIN', 'CNC') }];

  it('is closed where the book shows it bought', () => {
    expect(symbolsOf(plan({ traded, positions: [position('SBIN', 5, 'CNC')] }))).toEqual(['SBIN']);
  });

  it('is never bought back after a delivery sale, which shows as a negative position', () => {
    const mappings = [mapping('SBIN', { product: 'CNC' })];
    const positions = [position('SBIN', -5, 'CNC')];
    expect(symbolsOf(plan({ traded, positions, strategy: { mappings } }))).toEqual([]);
    expect(symbolsOf(plan({ traded, positions: null }))).toEqual([]);
  });
});

describe('the action', () => {
  const actionFor = (strategy: Partial<SquareOffInput['strategy']>, quantity: number) =>
    plan({
      strategy,
      traded: [{ accountId, instrument: share('SBIN') }],
      positions: [position('SBIN', quantity)],
    }).exits[0]?.action;

  it('is the opposite of what the book shows', () => {
    expect(actionFor({ tradingMode: 'BOTH' }, 5)).toBe('SELL');
    expect(actionFor({ tradingMode: 'BOTH' }, -5)).toBe('BUY');
  });

  it('is else the opposite of what the strategy enters with', () => {
    expect(actionFor({ tradingMode: 'LONG' }, 0)).toBe('SELL');
    expect(actionFor({ tradingMode: 'SHORT' }, 0)).toBe('BUY');
    expect(actionFor({ tradingMode: null, chartinkAction: 'SHORT' }, 0)).toBe('BUY');
  });
});

it('names what may be open where the market has closed', () => {
  const crude: Instrument = { exchange: 'MCX', symbol: 'CRUDEOIL19FEB26FUT', product: 'MIS' };
  const traded = [
    { accountId, instrument: share('SBIN') },
    { accountId, instrument: crude },
  ];
  const late = plan({
    traded,
    now: Temporal.ZonedDateTime.from('2026-02-10T15:30:00[Asia/Kolkata]'),
  });
  expect(late.tooLate).toEqual([share('SBIN')]);
  expect(late.exits.map((exit) => exit.instrument)).toEqual([crude]);
});

describe('what is held', () => {
  const there = (symbol: string, own: number, account = accountId) => ({
    accountId: account,
    instrument: share(symbol),
    held: { own, coming: 0, entries: 1 },
  });
  const shapeOf = ({ exits }: ReturnType<typeof plan>) =>
    exits.map(({ instrument, lane, action, quantity, accountId: on }) =>
      [instrument.symbol, lane, action, quantity, on].join(' '),
    );

  it('scope strategy closes its own, exactly, and nothing that the account holds besides', () => {
    const strategy = { positionScope: 'strategy', mappings: [mapping('TCS')] } as const;
    const held = [there('SBIN', 10), there('INFY', -3, elsewhere)];
    const positions = [position('SBIN', 110), position('TCS', 5)];
    const traded = [{ accountId, instrument: share('WIPRO') }];
    expect(shapeOf(plan({ strategy, held, positions, traded }))).toEqual([
      'SBIN regular SELL 10 1',
      'INFY regular BUY 3 2',
    ]);
  });

  it('scope account closes it once, though it is traded and shown as well', () => {
    const held = [there('SBIN', 10)];
    const positions = [position('SBIN', 110)];
    const traded = [{ accountId, instrument: share('SBIN') }];
    const strategy = { mappings: [mapping('SBIN')] };
    expect(shapeOf(plan({ strategy, held, positions, traded }))).toEqual(['SBIN smart SELL 0 1']);
  });
});

describe('what was built in the other mode', () => {
  const there = (symbol: string, own: number) => ({
    accountId,
    instrument: share(symbol),
    held: { own, coming: 0, entries: 0 },
    mode: 'live' as const,
  });
  const shapeOf = (values: Parameters<typeof plan>[0]) => {
    const { exits, leftInOtherMode } = plan(values);
    return {
      exits: exits.map(({ instrument, lane, action, quantity, mode = 'present' }) =>
        [instrument.symbol, lane, action, quantity, mode].join(' '),
      ),
      left: leftInOtherMode.map(({ instrument }) => instrument.symbol),
    };
  };

  it('has an exit that names its mode', () => {
    const strategy = { positionScope: 'strategy' } as const;
    const otherMode = [there('SBIN', 10), there('INFY', -3)];
    expect(shapeOf({ strategy, otherMode })).toEqual({
      exits: ['SBIN regular SELL 10 live', 'INFY regular BUY 3 live'],
      left: [],
    });
  });

  it('scope account: is not closed in the present mode, though it was traded and is mapped', () => {
    const strategy = { mappings: [mapping('SBIN')] };
    const traded = [{ accountId, instrument: share('SBIN') }];
    const positions = [position('SBIN', 10)];
    expect(shapeOf({ strategy, traded, positions, otherMode: [there('SBIN', 10)] })).toEqual({
      exits: ['SBIN smart SELL 0 live'],
      left: [],
    });
  });

  it('is left to a person beside what is held in the present mode', () => {
    const strategy = { positionScope: 'strategy' } as const;
    const { accountId: on, instrument, held } = there('SBIN', 4);
    const otherMode = [there('SBIN', 10)];
    expect(shapeOf({ strategy, otherMode, held: [{ accountId: on, instrument, held }] })).toEqual({
      exits: ['SBIN regular SELL 4 present'],
      left: ['SBIN'],
    });
  });
});

it('an exit that the closing auction holds goes out when it takes orders again', () => {
  const traded = [{ accountId, instrument: share('SBIN') }];
  const due = (isAuctionStock: boolean) =>
    plan({
      traded,
      sessionDate: Temporal.PlainDate.from('2026-09-01'),
      now: Temporal.ZonedDateTime.from('2026-09-01T15:16:00[Asia/Kolkata]'),
      isAuctionStock: () => isAuctionStock,
    }).exits.map(({ notBeforeMs }) => notBeforeMs);
  expect(due(true)).toEqual([240_000]);
  expect(due(false)).toEqual([null]);
});
