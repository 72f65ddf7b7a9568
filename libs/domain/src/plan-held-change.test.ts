import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import { closingScope, planHeldChange, type Traded } from './plan-held-change.ts';
import { makeMapping } from './testing/make.ts';

const accountId = brandIds.account(1);
const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS', accountId } as const;
const infy = { ...sbin, symbol: 'INFY' } as const;
const both = [makeMapping(), makeMapping({ id: 2, signalSymbol: 'INFY', symbol: 'INFY' })];

function traded(changes: Partial<Traded> = {}): Traded {
  const modes = { tradingMode: 'LONG', positionScope: 'account' } as const;
  return { accountId, mappings: both, ...modes, ...changes };
}

const without = traded({ mappings: both.slice(1) });
const kept = { ...sbin, signalSymbol: 'SBIN', multiplier: null };
const held = [sbin, infy];

describe('a mapping that is gone', () => {
  it.each([
    ['keep', { affected: [sbin], former: [kept], close: [], forget: [] }],
    ['close_now', { affected: [sbin], former: [kept], close: [sbin], forget: [] }],
    ['forget', { affected: [sbin], former: [], close: [], forget: [sbin] }],
  ] as const)('%s', (choice, plan) => {
    expect(planHeldChange({ before: traded(), after: without, held, choice })).toEqual(plan);
  });
});

it.each([
  ['trading mode', traded({ tradingMode: 'SHORT' })],
  ['position scope', traded({ positionScope: 'strategy' })],
  ['its deletion', undefined],
])('%s concerns all that is held, and signals reach it all the same', (_what, after) => {
  const plan = planHeldChange({ before: traded(), after, held, choice: 'close_now' });
  expect(plan).toEqual({ affected: held, former: [], close: held, forget: [] });
});

it('what takes nothing away concerns nothing', () => {
  const after = traded({ mappings: both.map((each) => ({ ...each, quantity: 99 })) });
  for (const choice of ['keep', 'close_now', 'forget'] as const) {
    expect(planHeldChange({ before: traded(), after, held, choice }).affected).toEqual([]);
  }
});

it('closes by the narrower scope, so that nothing of others is closed', () => {
  const own = traded({ positionScope: 'strategy' });
  expect(closingScope(traded(), undefined)).toBe('account');
  expect(closingScope(traded(), own)).toBe('strategy');
  expect(closingScope(own, traded())).toBe('strategy');
});
