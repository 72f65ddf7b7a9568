import { expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import { refuseSharedPosition } from './position-shared.ts';
import type { Strategy } from './strategy.ts';
import { makeMapping, makeStrategy } from './testing/make.ts';

const own = { positionScope: 'strategy' } as const;

function isRefused(mine: Partial<Strategy>, theirs: Partial<Strategy>) {
  const other = makeStrategy({ id: brandIds.strategy(2), name: 'other', ...theirs });
  return refuseSharedPosition(makeStrategy(mine), [other]) !== undefined;
}

it('refuses two strategies on one instrument of one account', () => {
  const refusal = refuseSharedPosition(makeStrategy(), [
    makeStrategy({ id: brandIds.strategy(2), name: 'other' }),
  ]);
  expect(refusal).toMatchObject({ code: 'position_shared', httpStatus: 409, symbol: 'SBIN' });
  expect(refusal?.text).toContain('"other"');
});

it('allows them if both keep their own position on the same side', () => {
  expect(isRefused(own, own)).toBe(false);
  expect(isRefused({ ...own, tradingMode: 'SHORT' }, { ...own, tradingMode: 'SHORT' })).toBe(false);
  expect(isRefused(own, {})).toBe(true);
  expect(isRefused(own, { ...own, tradingMode: 'SHORT' })).toBe(true);
  expect(isRefused({ ...own, tradingMode: 'BOTH' }, { ...own, tradingMode: 'BOTH' })).toBe(true);
  expect(isRefused({ ...own, tradingMode: null }, { ...own, tradingMode: null })).toBe(true);
});

it.each([
  ['another product', { mappings: [makeMapping({ product: 'CNC' })] }],
  ['another exchange', { mappings: [makeMapping({ exchange: 'BSE' })] }],
  ['another symbol', { mappings: [makeMapping({ symbol: 'TCS' })] }],
  ['another account', { accountId: brandIds.account(2) }],
  ['no account', { accountId: null }],
  ['inactive', { isActive: false }],
  ['itself', { id: brandIds.strategy(1) }],
])('%s is no conflict', (_why, theirs) => {
  expect(isRefused({}, theirs)).toBe(false);
});

it('counts `*` as every symbol of its exchange and product', () => {
  const any = { mappings: [makeMapping({ signalSymbol: '*', symbol: '*' })] };
  expect(isRefused(any, { mappings: [makeMapping({ symbol: 'TCS' })] })).toBe(true);
  expect(isRefused({ mappings: [makeMapping({ symbol: 'TCS' })] }, any)).toBe(true);
  expect(isRefused(any, { mappings: [makeMapping({ exchange: 'BSE' })] })).toBe(false);
});

it('counts what is still held under a former mapping, on the account that built it', () => {
  const accountId = brandIds.account(1);
  const instrument = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
  const sbin = { ...instrument, signalSymbol: 'SBIN', multiplier: null };
  const moved = { accountId: brandIds.account(2), mappings: [makeMapping()] };
  expect(isRefused({}, { ...moved, formerMappings: [{ ...sbin, accountId }] })).toBe(true);
  const elsewhere = { ...sbin, accountId: brandIds.account(3) };
  expect(isRefused({}, { ...moved, formerMappings: [elsewhere] })).toBe(false);
});
