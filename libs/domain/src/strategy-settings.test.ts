import { describe, expect, it } from 'vitest';
import { isSource } from './allowed-sources.ts';
import { checkMapping } from './check-mapping.ts';
import { checkStrategy } from './check-strategy.ts';
import type { Held } from './held.ts';
import { at, holding, makeMapping, makeStrategy, play } from './testing/make.ts';

const entry = { symbol: 'SBIN', action: 'BUY' };
const exit = { symbol: 'SBIN', action: 'SELL' };

function codeOf(...args: Parameters<typeof play>) {
  const { plans, refusals } = play(...args);
  return plans.length > 0 ? 'planned' : refusals[0]?.code;
}

describe('trading days', () => {
  const tuesdays = { tradingDays: [2], isIntraday: false };

  it('are those of Asia/Kolkata, and for entries only', () => {
    expect(codeOf(entry, { strategy: tuesdays, now: at('10:00') })).toBe('planned');
    const wednesday = at('10:00', '2026-02-11');
    expect(codeOf(entry, { strategy: tuesdays, now: wednesday })).toBe('not_a_trading_day');
    expect(codeOf(exit, { strategy: tuesdays, now: wednesday })).toBe('planned');
    // Still Tuesday elsewhere.
    const utc = at('00:30', '2026-02-11').withTimeZone('UTC');
    expect(codeOf(entry, { strategy: tuesdays, now: utc })).toBe('not_a_trading_day');
  });

  it('closes what a target across zero holds on another day', () => {
    const strategy = { ...tuesdays, tradingMode: 'BOTH', positionScope: 'strategy' } as const;
    const turn = { ...exit, position_size: -10 };
    const now = at('10:00', '2026-02-11');
    expect(play(turn, { strategy, now, held: holding(10) }).plans).toMatchObject([
      { role: 'exit', action: 'SELL', quantity: 10 },
    ]);
  });
});

describe('once a day', () => {
  const used = new Map<string, Held>([
    ['NSE:SBIN:MIS', { own: 0, coming: 0, entries: 0, enteredToday: true }],
  ]);

  it('refuses the second entry of a symbol, never its exit', () => {
    const strategy = { onceADay: true };
    expect(codeOf(entry, { strategy })).toBe('planned');
    expect(codeOf(entry, { strategy, held: used })).toBe('entered_today');
    expect(codeOf(exit, { strategy, held: used })).toBe('planned');
    expect(codeOf(entry, { strategy: { onceADay: false }, held: used })).toBe('planned');
  });

  it('closes what a target across zero holds', () => {
    const strategy = { onceADay: true, tradingMode: 'BOTH', positionScope: 'strategy' } as const;
    const held = new Map<string, Held>([
      ['NSE:SBIN:MIS', { own: 10, coming: 0, entries: 1, enteredToday: true }],
    ]);
    expect(play({ ...exit, position_size: -10 }, { strategy, held }).plans).toMatchObject([
      { role: 'exit', action: 'SELL', quantity: 10 },
    ]);
  });
});

describe('a multiplier', () => {
  const mappings = [makeMapping({ quantity: null, multiplier: 65 })];

  it("counts the sender's contracts as units, in quantity and target", () => {
    expect(play({ ...entry, quantity: '2' }, { strategy: { mappings } }).plans).toMatchObject([
      { quantity: 130 },
    ]);
    const target = { ...entry, quantity: 1, position_size: '2' };
    expect(play(target, { strategy: { mappings } }).plans).toMatchObject([
      { quantity: 130, ownTarget: 130 },
    ]);
    const smart = { mappings, tradingMode: 'BOTH' } as const;
    expect(play(target, { strategy: smart }).plans).toMatchObject([{ targetPosition: 130 }]);
    const own = { mappings, positionScope: 'strategy' } as const;
    const part = { ...exit, position_size: 1 };
    expect(play(part, { strategy: own, held: holding(130) }).plans).toMatchObject([
      { role: 'exit', quantity: 65, ownTarget: 65 },
    ]);
  });

  it('leaves the quantity of the mapping alone, and the limits hold in units', () => {
    const sized = { mappings: [makeMapping({ quantity: 65, multiplier: 65 })] };
    expect(play({ ...entry, quantity: 9 }, { strategy: sized }).plans).toMatchObject([
      { quantity: 65 },
    ]);
    const limited = { mappings, maxQuantity: 130 };
    expect(codeOf({ ...entry, quantity: 2 }, { strategy: limited })).toBe('planned');
    expect(codeOf({ ...entry, quantity: 3 }, { strategy: limited })).toBe('quantity_above_limit');
  });

  it('never makes more than can be stored', () => {
    const large = [makeMapping({ quantity: null, multiplier: 100_000 })];
    for (const mode of ['LONG', 'BOTH'] as const) {
      const strategy = { mappings: large, tradingMode: mode, isIntraday: false };
      const huge = { ...entry, quantity: 1_000_000, position_size: 1_000_000 };
      expect(codeOf(huge, { strategy })).toBe('quantity_above_limit');
    }
  });

  it.each([0, -1, 1.5, 100_001, Number.NaN])('of %d is refused', (multiplier) => {
    const draft = { signalSymbol: 'A', symbol: 'A', exchange: 'NSE', product: 'MIS', quantity: 1 };
    expect(checkMapping({ ...draft, multiplier })).toMatchObject({
      ok: false,
      issues: [{ field: 'multiplier' }],
    });
  });
});

describe('what is checked when a strategy is saved', () => {
  const today = at('10:00').toPlainDate();
  const fieldsOf = (changes: Parameters<typeof makeStrategy>[0]) =>
    checkStrategy(makeStrategy(changes), today).issues.map(({ field }) => field);

  it.each([[[]], [[0]], [[8]], [[1.5]], [[1, 1]]])('trading days %j are wrong', (tradingDays) => {
    expect(fieldsOf({ tradingDays })).toEqual(['tradingDays']);
  });

  it('trading days and sources that are right', () => {
    expect(
      fieldsOf({ tradingDays: [1, 5], allowedSources: ['tradingview', '10.0.0.0/8'] }),
    ).toEqual([]);
  });

  it('each wrong source is named', () => {
    expect(fieldsOf({ allowedSources: [] })).toEqual(['allowedSources']);
    const allowedSources = ['tradingview', '10.0.0.0/33', 'example.com', 'constructor'];
    const { issues } = checkStrategy(makeStrategy({ allowedSources }), today);
    expect(issues.map(({ text }) => text)).toEqual([
      'Invalid address or network: 10.0.0.0/33',
      'Invalid address or network: example.com',
      'Invalid address or network: constructor',
    ]);
    expect(isSource('2001:db8::/32')).toBe(true);
  });
});
