import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import {
  type AccountOutlook,
  isAtStake,
  isPassing,
  obstaclesTo,
  type SquareOffOutlook,
} from './square-off-obstacles.ts';

const accountId = brandIds.account(1);
const instrument = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
const exit = { accountId, instrument, lane: 'regular', notBeforeMs: null } as const;

const account = (changes: Partial<AccountOutlook> = {}): AccountOutlook => ({
  id: accountId,
  name: 'main',
  mode: 'live',
  brakes: [],
  isSemiAuto: false,
  booksFailure: null,
  positionsFailure: null,
  unservedLanes: [],
  pace: { gapMs: 105, smartGapMs: 1100, windows: [] },
  ...changes,
});

const outlook = (changes: Partial<SquareOffOutlook> = {}): SquareOffOutlook => ({
  timeMs: 900_000,
  accounts: [account()],
  exits: [exit],
  tooLate: [],
  otherMode: [],
  unsettled: [],
  ...changes,
});

const found = (changes: Partial<SquareOffOutlook>) =>
  obstaclesTo(outlook(changes)).map(({ code, text }) => `${code}: ${text}`);

it('nothing stands in the way of an account that is as it should be', () => {
  expect(found({})).toEqual([]);
});

describe('what stands in the way', () => {
  it.each([
    [{ brakes: ['account_paused'] }, 'account_paused', 'Account "main" is paused'],
    [{ brakes: ['halt'] }, 'halted', 'halt is set over account "main"'],
    [{ brakes: ['trading_off'] }, 'trading_off', 'is off'],
    [{ brakes: ['session_dead'] }, 'session_dead', 'broker login is missing'],
    [{ isSemiAuto: true }, 'awaiting_approval', 'semi-auto'],
    [{ positionsFailure: 'it hangs' }, 'positions_unread', 'it hangs'],
    [{ booksFailure: 'no answer' }, 'books_unread', 'no answer'],
    [{ unservedLanes: ['smart'] }, 'lane_unserved', 'No executor serves the smart lane'],
  ] satisfies [Partial<AccountOutlook>, string, string][])('%j', (changes, code, text) => {
    const obstacles = obstaclesTo(outlook({ accounts: [account(changes)] }));
    expect(obstacles).toMatchObject([{ code, accountId, text: expect.stringContaining(text) }]);
  });

  it('what lets exits pass does not', () => {
    const brakes = ['stop_entries', 'flatten', 'exits_only', 'strategy_inactive'] as const;
    expect(found({ accounts: [account({ brakes })] })).toEqual([]);
  });

  it('a dead session says why no book can be read', () => {
    const failures = { positionsFailure: 'wrong key', booksFailure: 'wrong key' };
    const changes = { brakes: ['session_dead'], ...failures } as const;
    expect(found({ accounts: [account(changes)] })).toEqual([
      expect.stringMatching(/^session_dead/),
    ]);
  });

  it('what was built in the other mode', () => {
    const otherMode = [{ accountId, instrument, own: 10, mode: 'live' }] as const;
    const accounts = [account({ mode: 'analyze' })];
    expect(found({ accounts, otherMode })).toEqual([
      'mode_changed: 10 NSE:SBIN:MIS were built in mode live, and OpenAlgo is in mode analyze: they are not closed before it is back',
    ]);
  });

  it('orders of which nobody knows, and those that wait for a person', () => {
    const unsettled = [
      { accountId, instrument, status: 'indeterminate', orders: 2 },
      { accountId, instrument, status: 'awaiting_approval', orders: 1 },
    ] as const;
    expect(found({ unsettled })).toEqual([
      'indeterminate: It is not known whether 2 orders in NSE:SBIN:MIS reached the broker',
      "awaiting_approval: For approval in OpenAlgo's Action Center: 1 order in NSE:SBIN:MIS",
    ]);
  });

  it('too little time for the account’s pace', () => {
    const exits = Array.from({ length: 41 }, () => ({ ...exit, lane: 'smart' as const }));
    expect(found({ exits, timeMs: 60_000 })).toEqual([]);
    expect(found({ exits, timeMs: 40_000 })).toEqual([
      'square_off_short: 41 exits of account "main" need 44 s by its rate, and its market closes 40 s after they are due',
    ]);
  });

  it('a market that has closed by then, and the closing auction', () => {
    expect(found({ exits: [], tooLate: [instrument] })).toEqual([
      'market_closed: The market has closed by then for NSE:SBIN:MIS',
    ]);
    expect(found({ exits: [{ ...exit, notBeforeMs: 300_000 }] })).toEqual([
      'closing_auction: Held for the closing auction, which fills at its end: NSE:SBIN:MIS',
    ]);
  });
});

it('what may be over in a moment is told apart from what a person has to mend', () => {
  const accounts = [account({ unservedLanes: ['regular'], brakes: ['halt'] })];
  const obstacles = obstaclesTo(outlook({ accounts }));
  expect(obstacles.map((each) => [each.code, isPassing(each)])).toEqual([
    ['halted', false],
    ['lane_unserved', true],
  ]);
});

describe('at stake is', () => {
  const nothing = { exits: [] };
  it.each([
    ['nothing where nothing is held', {}, false],
    ['what would be closed', { exits: [exit] }, true],
    ['what has no session', { tooLate: [instrument] }, true],
    [
      'what was built in the other mode',
      { otherMode: [{ accountId, instrument, own: 1, mode: 'live' }] },
      true,
    ],
    [
      'what may have been bought',
      { unsettled: [{ accountId, instrument, status: 'indeterminate', orders: 1 }] },
      true,
    ],
    [
      'what a book may show that cannot be read',
      { accounts: [account({ positionsFailure: 'x' })] },
      true,
    ],
  ] satisfies [string, Partial<SquareOffOutlook>, boolean][])('%s', (_name, changes, expected) => {
    expect(isAtStake(outlook({ ...nothing, ...changes }))).toBe(expected);
  });
});
