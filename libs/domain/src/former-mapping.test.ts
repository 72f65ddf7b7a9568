import { describe, expect, it } from 'vitest';
import { findFormer, orphanedBy, type Reach } from './former-mapping.ts';
import { brandIds } from './ids.ts';
import { makeMapping } from './testing/make.ts';

const [one, two] = [brandIds.account(1), brandIds.account(2)];
const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS', accountId: one } as const;
const infy = { ...sbin, symbol: 'INFY' } as const;
const any = makeMapping({ id: 2, signalSymbol: '*', symbol: '*' });

function reach(changes: Partial<Reach> = {}): Reach {
  return { accountId: one, mappings: [makeMapping()], ...changes };
}

describe('a change orphans', () => {
  it.each([
    ['a mapping that is gone', reach({ mappings: [] })],
    ['another symbol', reach({ mappings: [makeMapping({ symbol: 'SBIN28OCT26FUT' })] })],
    ['another exchange', reach({ mappings: [makeMapping({ exchange: 'BSE' })] })],
    ['another product', reach({ mappings: [makeMapping({ product: 'CNC' })] })],
    ['another name for senders', reach({ mappings: [makeMapping({ signalSymbol: 'STATE' })] })],
    ['another account', reach({ accountId: two })],
    ['no account', reach({ accountId: null })],
  ])('%s', (_name, after) => {
    expect(orphanedBy({ before: reach(), after }, [sbin])).toEqual([
      { ...sbin, signalSymbol: 'SBIN', multiplier: null },
    ]);
  });

  it('what * caught, by the name that senders use', () => {
    const before = reach({ mappings: [any] });
    const after = reach({ mappings: [any, makeMapping({ product: 'CNC' })] });
    expect(orphanedBy({ before, after }, [sbin, infy])).toEqual([
      { ...sbin, signalSymbol: 'SBIN', multiplier: null },
    ]);
  });

  it('each of the names that led there', () => {
    const before = reach({ mappings: [makeMapping(), makeMapping({ signalSymbol: 'SBIN.NS' })] });
    const after = reach({ mappings: [] });
    expect(orphanedBy({ before, after }, [sbin]).map((each) => each.signalSymbol)).toEqual([
      'SBIN',
      'SBIN.NS',
    ]);
  });
});

describe('a change leaves', () => {
  it.each([
    ['another quantity', reach({ mappings: [makeMapping({ quantity: 99 })] }), [sbin]],
    ['what no mapping led to', reach({ mappings: [] }), [infy]],
    ['what another account built', reach({ mappings: [] }), [{ ...sbin, accountId: two }]],
    ['what * catches from now on', reach({ mappings: [any] }), [sbin]],
  ])('%s', (_name, after, held) => {
    expect(orphanedBy({ before: reach(), after }, held)).toEqual([]);
  });
});

it('a former mapping is found as it is sent, and without a prefix', () => {
  const former = [{ ...sbin, signalSymbol: 'SBIN', multiplier: null }];
  expect(findFormer(former, 'SBIN')).toEqual(former);
  expect(findFormer(former, 'NSE:SBIN')).toEqual(former);
  expect(findFormer(former, 'INFY')).toEqual([]);
});
