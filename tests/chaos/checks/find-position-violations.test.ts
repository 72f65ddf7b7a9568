import { describe, expect, it } from 'vitest';
import type { Evidence, TradeFact } from '../evidence/evidence.ts';
import { findViolations } from './find-violations.ts';
import { makeCall, makeEvidence, makeOrder } from './made-up-evidence.ts';

const kindsIn = (evidence: Partial<Evidence>) =>
  findViolations(makeEvidence(evidence)).map(({ kind }) => kind);

const closing = {
  ...{ id: 'closing', strategyInstrumentId: 1, accountId: 1, exchange: 'NSE', symbol: 'SBIN' },
  ...{
    product: 'MIS',
    status: 'verified',
    target: 0,
    mode: 'live',
    detail: null,
    told: [] as string[],
    squareOffId: null as number | null,
    openedAt: 20,
    endedAt: 100,
  },
};

/** A bought position and its exit, each with what it traded and when. */
function traded(exit: { quantity: number; at: number; lane?: 'regular' | 'smart' }) {
  const bought = makeOrder({ id: 'entry' });
  const lane = exit.lane ?? 'regular';
  const target = { targetPosition: lane === 'smart' ? 0 : null };
  const sold = makeOrder({ id: 'exit', role: 'exit', action: 'SELL', seq: 2, lane, ...target });
  const trade = {
    account: 0,
    mode: 'live',
    exchange: 'NSE',
    symbol: 'SBIN',
    product: 'MIS',
  } as const;
  return {
    orders: [bought, sold],
    calls: [makeCall(bought), makeCall(sold)],
    trades: [
      { ...trade, brokerOrderId: 'broker entry', action: 'BUY' as const, quantity: 10, at: 1 },
      { ...trade, brokerOrderId: 'broker exit', action: 'SELL' as const, ...exit },
    ],
  };
}

it('nothing is found in an exit that closed what was held before it was verified', () => {
  for (const scope of ['strategy', 'account'] as const) {
    expect(
      kindsIn({ ...traded({ quantity: 10, at: 50 }), closings: [{ ...closing, scope }] }),
    ).toEqual([]);
  }
});

it('an exit that sells more than was held overclosed it', () => {
  expect(kindsIn(traded({ quantity: 15, at: 50 }))).toEqual(['overclosed']);
  expect(
    kindsIn({
      ...traded({ quantity: 10, at: 0 }),
      trades: traded({ quantity: 10, at: 0 }).trades.toReversed(),
    }),
  ).toEqual(['overclosed']);
});

describe('two smart exits that close the same shares', () => {
  const smart = (id: string) =>
    makeOrder({ id, role: 'exit', lane: 'smart', action: 'SELL', quantity: 0, targetPosition: 0 });
  const [bought, first, second] = [makeOrder({ id: 'bought' }), smart('first'), smart('second')];
  const trade = (order: { id: string }, at: number, action: 'BUY' | 'SELL') =>
    ({
      ...{ account: 0, mode: 'live', brokerOrderId: `broker ${order.id}`, exchange: 'NSE' },
      ...{ symbol: 'SBIN', product: 'MIS', action, quantity: 10, at },
    }) as TradeFact;
  const evidence = (trades: TradeFact[]) => ({
    orders: [bought, first, second],
    calls: [
      makeCall(bought),
      makeCall(first, { arrivedAt: 10 }),
      makeCall(second, { arrivedAt: 20 }),
    ],
    trades: [trade(bought, 1, 'BUY'), ...trades],
  });
  const crossed = (trades: TradeFact[]) =>
    findViolations(makeEvidence(evidence(trades))).filter(({ kind }) => kind === 'overclosed');

  it('overclosed the account', () => {
    expect(crossed([trade(first, 30, 'SELL'), trade(second, 25, 'SELL')])).toMatchObject([
      { orders: ['first'] },
    ]);
    expect(crossed([trade(first, 30, 'SELL')])).toEqual([]);
  });

  it('not where somebody else sold there since the call', () => {
    const byHand = { ...trade(second, 25, 'SELL'), brokerOrderId: 'hand' };
    expect(crossed([trade(first, 30, 'SELL'), byHand])).toEqual([]);
    expect(crossed([trade(first, 30, 'SELL'), { ...byHand, at: 5 }])).toHaveLength(1);
  });
});

it('a closing that was verified while the broker held the position is false', () => {
  for (const scope of ['strategy', 'account'] as const) {
    const late = { ...traded({ quantity: 10, at: 200 }), closings: [{ ...closing, scope }] };
    expect(kindsIn(late)).toEqual(['false_verified']);
    const part = { ...traded({ quantity: 4, at: 50 }), closings: [{ ...closing, scope }] };
    expect(kindsIn(part)).toEqual(['false_verified']);
  }
});

describe('somebody else who closes it', () => {
  const own = { closings: [{ ...closing, scope: 'strategy' as const, detail: 'by hand' }] };
  const correction = { strategyInstrumentId: 1, mode: 'live', at: 90, change: -6 };
  const sold = traded({ quantity: 4, at: 50 });
  const byHand = { ...sold.trades[1], brokerOrderId: 'hand', quantity: 6, at: 60 } as TradeFact;

  it('ends a closing, and what is left is nobody’s', () => {
    const trades = [...sold.trades, byHand];
    expect(kindsIn({ ...sold, ...own, trades, corrections: [correction] })).toEqual([]);
    // An exit of what he has closed already takes the strategy across zero.
    const late = { ...sold, ...own, trades: [...sold.trades, byHand] };
    const before = { ...correction, at: 40, change: -8 };
    expect(kindsIn({ ...late, corrections: [before] })).toEqual(['overclosed', 'false_verified']);
  });

  it('is to blame only where he traded', () => {
    expect(kindsIn({ ...sold, ...own, corrections: [correction] })).toEqual(['false_verified']);
  });
});

it('an exit that has come to no end is unclosed, and a square-off', () => {
  for (const status of ['open', 'failed']) {
    const open = { ...closing, status, endedAt: null, scope: 'strategy' as const };
    expect(kindsIn({ closings: [open] })).toEqual(['unclosed']);
    const analyzer = { ...open, mode: 'analyze' };
    expect(kindsIn({ closings: [analyzer] })).toEqual(['unclosed']);
    const told = { ...analyzer, told: ['mode_changed'] };
    expect(kindsIn({ closings: [told] })).toEqual(status === 'open' ? [] : ['unclosed']);
  }
  const squareOff = { id: 7, strategyId: 1, dueTime: '10:01' };
  const statuses = ['verified', 'nothing_open', 'missed', 'sent', 'working'];
  const squareOffs = statuses.map((status) => ({ ...squareOff, status }));
  expect(kindsIn({ squareOffs })).toEqual(['unclosed', 'unclosed', 'unclosed']);
  const analyzer = { ...closing, status: 'open', mode: 'analyze', scope: 'strategy' as const };
  const waiting = { ...analyzer, squareOffId: 7, told: ['mode_changed'] };
  const sent = [{ ...squareOff, status: 'sent' }];
  expect(kindsIn({ squareOffs: sent, closings: [waiting] })).toEqual([]);
  const untold = { ...waiting, told: [] };
  expect(kindsIn({ squareOffs: sent, closings: [waiting, untold] })).toEqual([
    'unclosed',
    'unclosed',
  ]);
});

it('a position that is not what its orders filled is misowned', () => {
  const position = { strategyInstrumentId: 1, mode: 'live', symbol: 'SBIN', own: 6 };
  const sold = traded({ quantity: 4, at: 50 });
  expect(kindsIn({ ...sold, positions: [position] })).toEqual([]);
  expect(kindsIn({ ...sold, positions: [{ ...position, own: 10 }] })).toEqual(['misowned']);
  const correction = { strategyInstrumentId: 1, mode: 'live', at: 90, change: -6 };
  expect(kindsIn({ ...sold, positions: [position], corrections: [correction] })).toEqual([
    'misowned',
  ]);
});
