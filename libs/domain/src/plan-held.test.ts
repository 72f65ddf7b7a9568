import { describe, expect, it } from 'vitest';
import type { Strategy } from './strategy.ts';
import { at, holding, makeMapping, play } from './testing/make.ts';

type Changes = Partial<Strategy>;

/** `own/coming` and what a body becomes: `BUY 5 entry`, `smart 0`, or a refusal's code. */
function outcome(body: object, strategy: Changes, held: [own: number, coming?: number]) {
  const decision = play({ symbol: 'SBIN', ...body }, { strategy, held: holding(...held) });
  const [plan] = decision.plans;
  if (plan === undefined) return decision.refusals[0]?.code;
  const target = plan.targetPosition ?? plan.ownTarget;
  return `${plan.lane} ${plan.action} ${plan.quantity} ${plan.role} to ${target}`;
}

const account: Changes = { positionScope: 'account' };
const own: Changes = { positionScope: 'strategy' };

describe('LONG', () => {
  it.each([
    [{ action: 'BUY' }, own, [30], 'regular BUY 10 entry to null'],
    [{ action: 'BUY', position_size: 40 }, own, [30], 'regular BUY 10 entry to 40'],
    [{ action: 'BUY', position_size: 40 }, account, [30, 5], 'regular BUY 5 entry to 40'],
    [{ action: 'BUY', position_size: 40 }, own, [30, 10], 'already_at_target'],
    [{ action: 'BUY', position_size: 20 }, own, [30], 'already_at_target'],
    [{ action: 'BUY', position_size: 0 }, own, [30], 'follows_other_side'],
    [{ action: 'SELL', position_size: 12 }, own, [30], 'regular SELL 18 exit to 12'],
    [{ action: 'SELL', position_size: 12 }, account, [30], 'regular SELL 18 exit to 12'],
    [{ action: 'SELL', position_size: 12 }, own, [30, -10], 'regular SELL 8 exit to 12'],
    [{ action: 'SELL', position_size: 12 }, own, [0, 30], 'regular SELL 0 exit to 12'],
    [{ action: 'SELL', position_size: 30 }, own, [30], 'regular SELL 30 exit to 0'],
    [{ action: 'SELL', position_size: 0 }, own, [30], 'regular SELL 30 exit to 0'],
    [{ action: 'SELL', position_size: -5 }, own, [30], 'regular SELL 30 exit to 0'],
    [{ action: 'SELL' }, account, [30], 'smart SELL 0 exit to 0'],
    [{ action: 'SELL' }, own, [30, 10], 'regular SELL 30 exit to 0'],
    [{ action: 'SELL' }, own, [30, -10], 'regular SELL 20 exit to 0'],
    [{ action: 'SELL' }, own, [30, -30], 'exit_already_coming'],
    [{ action: 'SELL' }, own, [0, 30], 'regular SELL 0 exit to 0'],
    [{ action: 'SELL' }, own, [0], 'nothing_to_exit'],
    [{ action: 'SELL' }, own, [-30], 'nothing_to_exit'],
  ] as const)('%j, %j holding %j: %s', (...[body, strategy, held, expected]) => {
    expect(outcome(body, strategy, [...held])).toBe(expected);
  });
});

describe('SHORT', () => {
  it.each([
    [{ action: 'SELL', position_size: -40 }, [-30], 'regular SELL 10 entry to -40'],
    [{ action: 'SHORT', position_size: -20 }, [-30], 'already_at_target'],
    [{ action: 'SELL', position_size: 5 }, [-30], 'follows_other_side'],
    [{ action: 'BUY', position_size: -12 }, [-30], 'regular BUY 18 exit to -12'],
    [{ action: 'COVER' }, [-30], 'regular BUY 30 exit to 0'],
    [{ action: 'BUY', position_size: 12 }, [-30], 'regular BUY 30 exit to 0'],
  ] as const)('%j holding %j: %s', (body, held, expected) => {
    expect(outcome(body, { ...own, tradingMode: 'SHORT' }, [...held])).toBe(expected);
  });
});

describe('BOTH', () => {
  it.each([
    [{ action: 'BUY', position_size: 20 }, own, [5], 'regular BUY 15 entry to 20'],
    [{ action: 'BUY', position_size: 20 }, own, [-5], 'regular BUY 25 entry to 20'],
    [{ action: 'BUY', position_size: 20 }, account, [-5], 'smart BUY 10 entry to 20'],
    [{ action: 'SELL', position_size: -20 }, own, [5, 5], 'regular SELL 30 entry to -20'],
    [{ action: 'BUY', position_size: 20 }, own, [20], 'already_at_target'],
    [{ action: 'SELL', position_size: 8 }, own, [20], 'regular SELL 12 exit to 8'],
    [{ action: 'SELL', position_size: 8 }, account, [20], 'regular SELL 12 exit to 8'],
    [{ action: 'SELL', position_size: 8 }, account, [8], 'already_at_target'],
    [{ action: 'SELL', position_size: 8 }, account, [-20], 'nothing_to_exit'],
    [{ action: 'SELL', position_size: 8 }, account, [0], 'nothing_to_exit'],
    [{ action: 'BUY', position_size: -8 }, account, [-20], 'regular BUY 12 exit to -8'],
    [{ action: 'SELL', position_size: 0 }, own, [20], 'regular SELL 20 exit to 0'],
    [{ action: 'SELL', position_size: 0 }, own, [-20], 'regular BUY 20 exit to 0'],
    [{ action: 'BUY', position_size: 0 }, own, [10, -20], 'regular BUY 0 exit to 0'],
    [{ action: 'BUY', position_size: 0 }, own, [10, -10], 'exit_already_coming'],
    [{ action: 'SELL', position_size: 0 }, account, [20], 'smart SELL 0 exit to 0'],
  ] as const)('%j, %j holding %j: %s', (...[body, strategy, held, expected]) => {
    expect(outcome(body, { ...strategy, tradingMode: 'BOTH' }, [...held])).toBe(expected);
  });

  const reverse = { symbol: 'SBIN', action: 'BUY', position_size: 20 };

  it.each([
    ['the window', { now: at('15:05') }],
    ['the kill switch', { brakes: ['stop_entries'] }],
    ['the calendar', { now: at('10:00', '2026-01-26') }],
    ["the day's limit", { entriesToday: 200 }],
    ['the square-off', { squareOffBegan: true }],
    ['the quantity limit', { strategy: { maxQuantity: 19 } }],
  ] as const)('closes instead of reversing when %s forbids the entry', (_why, changes) => {
    const strategy: Changes = {
      tradingMode: 'BOTH',
      ...own,
      ...('strategy' in changes ? changes.strategy : {}),
    };
    const brakes = 'brakes' in changes ? [...changes.brakes] : [];
    const forbidden = { ...changes, brakes, strategy };
    const crossing = play(reverse, { ...forbidden, held: holding(-5) });
    expect(crossing.plans).toMatchObject([{ role: 'exit', action: 'BUY', quantity: 5 }]);
    expect(crossing.notes).toMatchObject([{ kind: 'entry_became_exit' }]);
    const growing = play(reverse, { ...forbidden, held: holding(5) });
    expect(growing.plans).toEqual([]);
    expect(growing.refusals).toHaveLength(1);
  });
});

describe('CNC', () => {
  const cnc: Changes = { ...account, mappings: [makeMapping({ product: 'CNC' })] };
  const held = (shares: number) =>
    new Map([['NSE:SBIN:CNC', { own: shares, coming: 0, entries: 1 }]]);

  it('sells what the strategy holds by a regular order, whatever the scope', () => {
    const { plans } = play({ symbol: 'SBIN', action: 'SELL' }, { strategy: cnc, held: held(7) });
    expect(plans).toMatchObject([{ lane: 'regular', action: 'SELL', quantity: 7, role: 'exit' }]);
  });

  it('falls back to a smart exit where the strategy knows of nothing', () => {
    const { plans } = play({ symbol: 'SBIN', action: 'SELL' }, { strategy: cnc });
    expect(plans).toMatchObject([{ lane: 'smart', quantity: 0, targetPosition: 0 }]);
  });

  it.each([
    ['SHORT', { action: 'SELL' }],
    ['SHORT', { action: 'BUY' }],
    ['BOTH', { action: 'BUY', position_size: 5 }],
  ] as const)('knows no %s', (tradingMode, body) => {
    const decision = play({ symbol: 'SBIN', ...body }, { strategy: { ...cnc, tradingMode } });
    expect(decision.refusals).toMatchObject([{ code: 'product_no_short' }]);
  });
});

describe('the window of a strategy that holds something', () => {
  it.each(['09:00', '15:16'])('lets its exit pass at %s', (time) => {
    const exit = { symbol: 'SBIN', action: 'SELL' };
    expect(play(exit, { now: at(time), held: holding(5) }).plans).toHaveLength(1);
    expect(play(exit, { now: at(time), held: holding(0, 5) }).plans).toHaveLength(1);
    expect(play(exit, { now: at(time) }).plans).toEqual([]);
  });
});

describe('an exit while no session is open', () => {
  const evening = (strategy: Changes, held: [own: number, coming?: number]) => {
    const positional = { ...strategy, isIntraday: false };
    const signal = { symbol: 'SBIN', action: 'SELL' };
    const decision = play(signal, {
      ...{ strategy: positional, held: holding(...held), now: at('20:00') },
    });
    return decision.plans[0]?.lane ?? decision.refusals[0]?.code;
  };

  it('is sent for the next one, but not beside one that may rest until then', () => {
    expect(evening(account, [30])).toBe('smart');
    expect(evening(account, [0])).toBe('smart');
    expect(evening(account, [30, -30])).toBe('exit_already_coming');
    expect(evening(own, [30, -30])).toBe('exit_already_coming');
    expect(outcome({ action: 'SELL' }, account, [30, -30])).toBe('smart SELL 0 exit to 0');
  });
});
