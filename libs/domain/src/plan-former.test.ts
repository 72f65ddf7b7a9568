import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Held } from './held.ts';
import { brandIds } from './ids.ts';
import type { OrderPlan } from './order-plan.ts';
import { placesOf } from './plan-orders.ts';
import type { Strategy } from './strategy.ts';
import { at, makeMapping, makeStrategy, play, signalOf } from './testing/make.ts';

const [here, before] = [brandIds.account(1), brandIds.account(7)];
const old = {
  exchange: 'NSE',
  symbol: 'OLD',
  product: 'MIS',
  signalSymbol: 'SBIN',
  multiplier: null,
} as const;
const oldHere = { ...old, accountId: here };
const oldElsewhere = { ...old, accountId: before };

interface Holding {
  former: number;
  now?: number;
  coming?: number;
}

/** Each plan as `place BUY 5 entry to 5`, or the codes of the refusals. */
function outcome(body: object, changes: Partial<Strategy>, holding: Holding): string[] {
  const strategy = { positionScope: 'strategy', formerMappings: [oldHere], ...changes } as const;
  const decision = play({ symbol: 'SBIN', ...body }, { strategy, held: heldBy(holding) });
  const plans = decision.plans.map(
    ({ accountId, instrument, action, quantity, role, targetPosition, ownTarget }) =>
      `${accountId ?? ''}${instrument.symbol} ${action} ${quantity} ${role} to ${targetPosition ?? ownTarget}`,
  );
  return [...plans, ...decision.refusals.map(({ code }) => code)];
}

function heldBy({ former, now = 0, coming = 0 }: Holding): Map<string, Held> {
  const there = { own: former, coming: 0, entries: former === 0 ? 0 : 1 };
  return new Map([
    ['NSE:OLD:MIS', there],
    ['7:NSE:OLD:MIS', there],
    ['NSE:SBIN:MIS', { own: now, coming, entries: now === 0 ? 0 : 1 }],
  ]);
}

const gone = { mappings: [] };

describe('an exit', () => {
  it.each([
    ['closes what was built before the change', {}, { former: 10 }, ['OLD SELL 10 exit to 0']],
    ['closes both', {}, { former: 10, now: 5 }, ['OLD SELL 10 exit to 0', 'SBIN SELL 5 exit to 0']],
    ['closes what has no mapping any more', gone, { former: 10 }, ['OLD SELL 10 exit to 0']],
    [
      'closes on the account that built it',
      { formerMappings: [oldElsewhere] },
      { former: 10 },
      ['7OLD SELL 10 exit to 0'],
    ],
    [
      'closes there when the strategy has no account any more',
      { accountId: null, formerMappings: [oldElsewhere] },
      { former: 10 },
      ['7OLD SELL 10 exit to 0'],
    ],
    ['leaves the other side alone', {}, { former: -10 }, ['nothing_to_exit']],
    ['finds no mapping where nothing is left', gone, { former: 0 }, ['no_mapping']],
    [
      'means the account in scope account',
      { positionScope: 'account' },
      { former: 10 },
      ['OLD SELL 0 exit to 0', 'SBIN SELL 0 exit to 0'],
    ],
  ] as [string, Partial<Strategy>, Holding, string[]][])('%s', (...[, changes, holding, plans]) => {
    expect(outcome({ action: 'SELL' }, changes, holding)).toEqual(plans);
  });

  it('passes outside the window, as every exit of something held', () => {
    const strategy = { positionScope: 'strategy', formerMappings: [oldHere], ...gone } as const;
    const held = heldBy({ former: 10 });
    const { plans } = play(
      { symbol: 'SBIN', action: 'SELL' },
      { strategy, held, now: at('15:20') },
    );
    expect(plans).toHaveLength(1);
  });
});

describe('a partial exit leaves what is to stay under the mapping of today', () => {
  it.each([
    [4, { former: 10 }, ['OLD SELL 6 exit to 4']],
    [8, { former: 10, now: 5 }, ['OLD SELL 7 exit to 3']],
    [5, { former: 10, now: 5 }, ['OLD SELL 10 exit to 0']],
    [3, { former: 10, now: 5 }, ['OLD SELL 10 exit to 0', 'SBIN SELL 2 exit to 3']],
  ] as [number, Holding, string[]][])('to %j', (position_size, holding, plans) => {
    expect(outcome({ action: 'SELL', position_size }, {}, holding)).toEqual(plans);
  });
});

describe('an entry', () => {
  it.each([
    ['goes to the mapping of today', {}, {}, ['SBIN BUY 10 entry to null']],
    ['counts what is held already', { position_size: 25 }, {}, ['SBIN BUY 15 entry to 15']],
    ['is not needed', { position_size: 10 }, {}, ['already_at_target']],
    ['repeats itself', {}, { maxEntries: 1 }, ['already_in_position']],
    ['is never made where only the former mapping is left', {}, gone, ['no_mapping']],
    ['is refused while entries are off', {}, { accountId: null }, ['missing_account']],
  ] as [string, object, Partial<Strategy>, string[]][])('%s', (...[, body, changes, plans]) => {
    expect(outcome({ action: 'BUY', ...body }, changes, { former: 10 })).toEqual(plans);
  });

  it.each([
    ['SELL', -5, {}, ['OLD SELL 10 exit to 0', 'SBIN SELL 5 entry to -5']],
    ['SELL', -5, gone, ['OLD SELL 10 exit to 0', 'no_mapping']],
    ['BUY', 30, {}, ['SBIN BUY 20 entry to 20']],
    ['SELL', 0, {}, ['OLD SELL 10 exit to 0']],
  ] as [string, number, Partial<Strategy>, string[]][])(
    'of a BOTH strategy: %s to %j',
    (...[action, position_size, changes, plans]) => {
      const strategy = { tradingMode: 'BOTH', ...changes } as const;
      expect(outcome({ action, position_size }, strategy, { former: 10 })).toEqual(plans);
    },
  );
});

describe('after the trading mode was changed', () => {
  it('the first entry closes the side that is not traded any more', () => {
    const strategy = { tradingMode: 'SHORT', formerMappings: [] } as const;
    const holding = { former: 0, now: 10 };
    expect(outcome({ action: 'SELL' }, strategy, holding)).toEqual(['SBIN SELL 10 exit to 0']);
    expect(outcome({ action: 'SHORT', position_size: -5 }, strategy, holding)).toEqual([
      'SBIN SELL 10 exit to 0',
    ]);
    expect(outcome({ action: 'COVER' }, strategy, holding)).toEqual(['nothing_to_exit']);
  });

  it('that side is closed outside the window of entries, too', () => {
    const strategy = { tradingMode: 'SHORT', positionScope: 'strategy' } as const;
    const held = heldBy({ former: 0, now: 10 });
    const { plans } = play(
      { symbol: 'SBIN', action: 'SELL' },
      { strategy, held, now: at('15:10') },
    );
    expect(plans).toMatchObject([{ role: 'exit', action: 'SELL', quantity: 10 }]);
  });
});

describe('a scan', () => {
  const strategy = {
    platform: 'chartink',
    tradingMode: null,
    positionScope: 'strategy',
    mappings: [makeMapping(), makeMapping({ id: 2, signalSymbol: 'STATE' })],
    formerMappings: [oldHere, { ...oldHere, signalSymbol: 'STATE' }],
  } as const;
  const scan = (scan_name: string, held: Map<string, Held>) =>
    play({ stocks: 'SBIN,STATE', scan_name }, { strategy, held }).plans.map(
      ({ instrument, action, quantity }) => `${instrument.symbol} ${action} ${quantity}`,
    );

  it('closes each place once, by whichever name', () => {
    expect(scan('SELL', heldBy({ former: 10, now: 5 }))).toEqual(['OLD SELL 10', 'SBIN SELL 5']);
  });

  it('enters while the other side is held: only COVER closes what SHORT opened', () => {
    expect(scan('BUY', heldBy({ former: -10 }))).toEqual(['SBIN BUY 10']);
  });
});

it('reads what is held of every place that a signal may reach', () => {
  const strategy = makeStrategy({ formerMappings: [oldElsewhere, oldHere] });
  const signal = signalOf({ symbol: 'NSE:SBIN', action: 'SELL' });
  const place = { exchange: 'NSE', product: 'MIS' };
  expect(placesOf(strategy, signal)).toEqual([
    { ...place, symbol: 'SBIN', accountId: here },
    { ...place, symbol: 'OLD', accountId: here },
    { ...place, symbol: 'OLD', accountId: before },
  ]);
});

const size = fc.integer({ min: -40, max: 40 });

/** What an exit leaves of a position: no more of it, and on no other side. */
function expectSmaller(own: number, { action, quantity }: Pick<OrderPlan, 'action' | 'quantity'>) {
  const after = own + (action === 'BUY' ? quantity : -quantity);
  expect(Math.abs(after)).toBeLessThanOrEqual(Math.abs(own));
  expect(after * own).toBeGreaterThanOrEqual(0);
}

it('no exit grows or turns any of the places, and no entry goes to a former one', () => {
  const scenarios = fc.record({
    action: fc.constantFrom('BUY', 'SELL'),
    position_size: fc.option(size, { nil: undefined }),
    tradingMode: fc.constantFrom('LONG', 'SHORT', 'BOTH'),
    holding: fc.record({ former: size, now: size, coming: size }),
  });
  let closed = 0;
  fc.assert(
    fc.property(scenarios, ({ tradingMode, holding, ...body }) => {
      const scope = { positionScope: 'strategy', formerMappings: [oldHere] } as const;
      const strategy = { tradingMode, ...scope };
      const { plans } = play({ symbol: 'SBIN', ...body }, { strategy, held: heldBy(holding) });
      const [former, now] = ['OLD', 'SBIN'].map((symbol) =>
        plans.filter(({ instrument }) => instrument.symbol === symbol),
      );
      expect(former?.filter(({ role }) => role === 'entry')).toEqual([]);
      for (const plan of former ?? []) expectSmaller(holding.former, plan);
      for (const plan of now ?? []) if (plan.role === 'exit') expectSmaller(holding.now, plan);
      closed += former?.length ?? 0;
    }),
    { numRuns: 3000 },
  );
  expect(closed).toBeGreaterThan(100);
});
