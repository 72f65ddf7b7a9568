import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import type { Instrument } from './instrument.ts';
import {
  type SettleInput,
  settleByBook,
  type UnclaimedRow,
  type UnsettledOrder,
} from './settle.ts';

const sbin: Instrument = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' };
const infy: Instrument = { ...sbin, symbol: 'INFY' };

const order = (id: string, changes: Partial<UnsettledOrder> = {}): UnsettledOrder => ({
  id: brandIds.order(id),
  instrument: sbin,
  action: 'BUY',
  quantity: 10,
  claimedAtMs: 100_000,
  wasUnseen: false,
  awaitsApproval: false,
  ...changes,
});

const row = (id: string, changes: Partial<UnclaimedRow> = {}): UnclaimedRow => ({
  brokerOrderId: id,
  instrument: sbin,
  action: 'BUY',
  quantity: 10,
  firstSeenAtMs: 102_000,
  wasAbsent: true,
  brokerTimeMs: null,
  ...changes,
});

const settle = (changes: Partial<SettleInput>) =>
  settleByBook({
    orders: [order('a')],
    rows: [],
    submitting: new Set(),
    readStartedAtMs: 102_000,
    isAutomatic: true,
    absentAfterMs: 130_000,
    ...changes,
  });

describe('a row that can only be ours', () => {
  it('settles its order', () => {
    expect(settle({ rows: [row('1')] })).toEqual([
      { kind: 'found', orderId: 'a', brokerOrderId: '1' },
    ]);
  });

  it('settles a smart order, whatever OpenAlgo computed for it', () => {
    const smart = order('a', { quantity: null });
    const rows = [row('1', { action: 'SELL', quantity: 37 })];
    expect(settle({ orders: [smart], rows })).toMatchObject([
      { kind: 'found', brokerOrderId: '1' },
    ]);
  });

  it('settles as many twins as there are rows, the older order by the older row', () => {
    const orders = [order('later', { claimedAtMs: 100_500 }), order('earlier')];
    expect(settle({ orders, rows: [row('1'), row('2')] })).toEqual([
      { kind: 'found', orderId: 'earlier', brokerOrderId: '1' },
      { kind: 'found', orderId: 'later', brokerOrderId: '2' },
    ]);
  });
});

describe('a row that may be somebody else’s is a question for a person', () => {
  const asked = [{ kind: 'ask', orderId: 'a', candidates: ['1'] }];

  it.each<[string, Partial<SettleInput>]>([
    ['the account is traded elsewhere', { isAutomatic: false }],
    ['an order of ours is just being submitted there', { submitting: new Set(['NSE:SBIN:MIS']) }],
    ['a person approves it in OpenAlgo', { orders: [order('a', { awaitsApproval: true })] }],
    ['no clean read ever lacked it', { rows: [row('1', { wasAbsent: false })] }],
  ])('%s', (_name, changes) => {
    expect(settle({ rows: [row('1')], ...changes })).toEqual(asked);
  });

  it('two rows for one order', () => {
    expect(settle({ rows: [row('1'), row('2')] })).toMatchObject([
      { kind: 'ask', candidates: ['1', '2'] },
    ]);
  });

  it('one row for two orders', () => {
    const orders = [order('a'), order('b')];
    expect(settle({ orders, rows: [row('1')] }).map(({ kind }) => kind)).toEqual(['ask', 'ask']);
  });

  it('one row that could be a regular and a smart order', () => {
    const orders = [order('a'), order('b', { quantity: null })];
    expect(settle({ orders, rows: [row('1')] }).map(({ kind }) => kind)).toEqual(['ask', 'ask']);
  });
});

describe('a row that cannot be ours is not looked at', () => {
  it.each<[string, Partial<UnclaimedRow>]>([
    ['another instrument', { instrument: infy }],
    ['the other side', { action: 'SELL' }],
    ['another quantity', { quantity: 11 }],
    ['it stood in the book before the claim', { firstSeenAtMs: 99_999 }],
    ['its time is before the claim', { brokerTimeMs: 97_999 }],
  ])('%s', (_name, changes) => {
    expect(settle({ rows: [row('1', changes)] })).toEqual([{ kind: 'not_seen', orderId: 'a' }]);
  });
});

describe('no row', () => {
  it('leaves an order to whoever approves it, however long that takes', () => {
    const orders = [order('a', { awaitsApproval: true, wasUnseen: true })];
    expect(settle({ orders, readStartedAtMs: 9_000_000 })).toMatchObject([{ kind: 'not_seen' }]);
  });

  it('says nothing before a read that began after the claim', () => {
    expect(settle({ readStartedAtMs: 99_999 })).toEqual([]);
  });

  it.each([
    [230_000, false, 'not_seen'],
    [229_999, true, 'not_seen'],
    [230_000, true, 'absent'],
  ])('read at %i ms, unseen before: %s, is %s', (readStartedAtMs, wasUnseen, kind) => {
    const orders = [order('a', { wasUnseen })];
    expect(settle({ orders, readStartedAtMs })).toMatchObject([{ kind }]);
  });
});
