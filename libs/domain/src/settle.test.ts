import { describe, expect, it } from 'vitest';
import { clientOrderId } from './client-order-id.ts';
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
  asked: { kind: 'regular', action: 'BUY', quantity: 10 },
  claimedAtMs: 100_000,
  wasUnseen: false,
  needsPerson: false,
  mayBeInOtherBook: false,
  ...changes,
});

const smart = (delta: number | null, id = 'a') => order(id, { asked: { kind: 'smart', delta } });

const row = (id: string, changes: Partial<UnclaimedRow> = {}): UnclaimedRow => ({
  brokerOrderId: id,
  instrument: sbin,
  action: 'BUY',
  quantity: 10,
  firstSeenAtMs: 102_000,
  wasAbsent: true,
  brokerTimeMs: null,
  clientOrderId: null,
  isRejected: false,
  ...changes,
});

const settle = (changes: Partial<SettleInput>) =>
  settleByBook({
    orders: [order('a')],
    rows: [],
    submitting: new Set(),
    rejected: [],
    readStartedAtMs: 102_000,
    isAutomatic: true,
    absentAfterMs: 130_000,
    ...changes,
  });

describe('a row that can only be ours', () => {
  it('settles its order', () => {
    expect(settle({ rows: [row('1')] })).toEqual([
      { kind: 'found', orderId: 'a', brokerOrderId: '1', by: 'fingerprint' },
    ]);
  });

  it.each([
    [-37, 'SELL', 37],
    [12, 'BUY', 12],
  ] as const)('settles a smart order by the difference of %i', (delta, action, quantity) => {
    const rows = [row('1', { action, quantity })];
    expect(settle({ orders: [smart(delta)], rows })).toMatchObject([
      { kind: 'found', brokerOrderId: '1' },
    ]);
  });

  it('settles as many twins as there are rows, the older order by the older row', () => {
    const orders = [order('later', { claimedAtMs: 100_500 }), order('earlier')];
    expect(settle({ orders, rows: [row('1'), row('2')] })).toEqual([
      { kind: 'found', orderId: 'earlier', brokerOrderId: '1', by: 'fingerprint' },
      { kind: 'found', orderId: 'later', brokerOrderId: '2', by: 'fingerprint' },
    ]);
  });
});

describe('a row that may be somebody else’s is a question for a person', () => {
  const asked = [{ kind: 'ask', orderId: 'a', candidates: ['1'] }];

  it.each<[string, Partial<SettleInput>]>([
    ['the account is traded elsewhere', { isAutomatic: false }],
    ['an order of ours is just being submitted there', { submitting: new Set(['NSE:SBIN:MIS']) }],
    ['a person approves it in OpenAlgo', { orders: [order('a', { needsPerson: true })] }],
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

  it.each([
    ['the position was not known', null],
    ['OpenAlgo ordered another quantity', 20],
    ['OpenAlgo ordered the other side', -10],
    ['nothing was to be ordered', 0],
  ])('a new row for a smart order, where %s', (_name, delta) => {
    expect(settle({ orders: [smart(delta)], rows: [row('1')] })).toEqual(asked);
  });

  it('one row that could be a regular and a smart order', () => {
    const orders = [order('a'), smart(10, 'b')];
    expect(settle({ orders, rows: [row('1')] }).map(({ kind }) => kind)).toEqual(['ask', 'ask']);
  });
});

describe('a row with an id that OpenAlgo was given', () => {
  const id = '0198c6f1-7a2b-7c3d-8e4f-5a6b7c8d9e0f';
  const own = clientOrderId(brandIds.order(id), 2);
  const found = [{ kind: 'found', orderId: id, brokerOrderId: '1', by: 'own_id' }];

  it.each<[string, Partial<SettleInput>, Partial<UnclaimedRow>]>([
    ['where others trade too', { isAutomatic: false }, {}],
    ['while another is submitted', { submitting: new Set(['NSE:SBIN:MIS']) }, {}],
    ['approved hours later', { orders: [order(id, { needsPerson: true })] }, {}],
    ['where no clean read lacked it', {}, { wasAbsent: false }],
    ['as OpenAlgo computed it', { orders: [smart(null, id)] }, { action: 'SELL', quantity: 3 }],
    ['by a clock that is wrong', {}, { brokerTimeMs: 1 }],
    ['though it was seen before', { orders: [order(id, { wasUnseen: true })] }, {}],
  ])('is that order, %s', (_name, changes, about) => {
    const rows = [row('1', { clientOrderId: own, ...about })];
    expect(settle({ orders: [order(id)], rows, ...changes })).toEqual(found);
  });

  it('is taken from a twin that looks the same, which then waits for its own', () => {
    const rows = [row('1', { clientOrderId: own })];
    expect(settle({ orders: [order(id), order('b')], rows })).toEqual([
      ...found,
      { kind: 'not_seen', orderId: 'b' },
    ]);
  });

  it('leaves the row without an id to its twin', () => {
    const rows = [row('1', { clientOrderId: own }), row('2')];
    expect(settle({ orders: [order(id), order('b')], rows })).toMatchObject([
      { orderId: id, brokerOrderId: '1' },
      { orderId: 'b', brokerOrderId: '2', by: 'fingerprint' },
    ]);
  });

  it.each(['mine-1', clientOrderId(brandIds.order(id), 1)])(
    'of somebody else is not ours',
    (text) => {
      expect(settle({ rows: [row('1', { clientOrderId: text })] })).toEqual([
        { kind: 'not_seen', orderId: 'a' },
      ]);
    },
  );

  it('twice is a question: it was executed twice', () => {
    const rows = [row('1', { clientOrderId: own }), row('2', { clientOrderId: own })];
    expect(settle({ orders: [order(id)], rows })).toEqual([
      { kind: 'ask', orderId: id, candidates: ['1', '2'] },
    ]);
  });

  it('without an id was made by another, or lost its id: it is judged by what it is', () => {
    const orders = [order(id)];
    expect(settle({ orders, rows: [row('1')] })).toMatchObject([{ by: 'fingerprint' }]);
    expect(settle({ orders, rows: [row('1')], isAutomatic: false })).toMatchObject([
      { kind: 'ask' },
    ]);
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

describe('a rejected row that an order may have left that was rejected without a number', () => {
  const left = row('1', { isRejected: true });
  const rejected = [order('before', { claimedAtMs: 99_000 })];
  const notSeen = [{ kind: 'not_seen', orderId: 'a' }];

  it.each<[string, Partial<SettleInput>]>([
    ['rejected before', {}],
    ['rejected after, when the row was not seen yet', { rejected: [order('b')] }],
    ['by smart orders', { orders: [smart(10)], rejected: [smart(null, 'before')] }],
    ['a smart order’s', { rejected: [smart(null, 'before')] }],
    ['where others trade too', { isAutomatic: false }],
  ])('is not its later twin: %s', (_name, changes) => {
    expect(settle({ rows: [left], rejected, ...changes })).toEqual(notSeen);
  });

  it('is not in the way of its twin’s own row', () => {
    const rows = [left, row('2')];
    expect(settle({ rows, rejected })).toMatchObject([{ kind: 'found', brokerOrderId: '2' }]);
  });

  it('counts as no row of two twins', () => {
    const orders = [order('a'), order('b')];
    expect(settle({ orders, rows: [left, row('2')], rejected })).toMatchObject([
      { kind: 'ask', candidates: ['2'] },
      { kind: 'ask', candidates: ['2'] },
    ]);
  });

  it('lets its twin be given up: whoever’s it is, it executed nothing', () => {
    const orders = [order('a', { wasUnseen: true })];
    const late = { orders, readStartedAtMs: 230_000 };
    expect(settle({ rows: [left], rejected, ...late })).toMatchObject([{ kind: 'absent' }]);
  });

  it('is shown to the person who has to say anyway', () => {
    const orders = [order('a', { needsPerson: true })];
    expect(settle({ orders, rows: [left], rejected })).toMatchObject([{ candidates: ['1'] }]);
  });

  it.each<[string, Partial<SettleInput>]>([
    ['nothing was rejected', { rejected: [] }],
    ['another instrument was', { rejected: [order('b', { instrument: infy })] }],
    [
      'another quantity was',
      { rejected: [order('b', { asked: { kind: 'regular', action: 'BUY', quantity: 11 } })] },
    ],
    ['the row was there before', { rejected: [order('b', { claimedAtMs: 102_001 })] }],
    ['the row is not rejected', { rows: [row('1')] }],
  ])('not so where %s', (_name, changes) => {
    expect(settle({ rows: [left], rejected, ...changes })).toMatchObject([{ kind: 'found' }]);
  });
});

describe('no row', () => {
  it('leaves an order to whoever approves it, however long that takes', () => {
    const orders = [order('a', { needsPerson: true, wasUnseen: true })];
    expect(settle({ orders, readStartedAtMs: 9_000_000 })).toMatchObject([{ kind: 'not_seen' }]);
  });

  it('proves nothing of an order that may stand in the book of the other mode: a person is asked, in time', () => {
    const orders = [order('a', { mayBeInOtherBook: true, wasUnseen: true })];
    expect(settle({ orders, readStartedAtMs: 229_999 })).toMatchObject([{ kind: 'not_seen' }]);
    const asked = { kind: 'ask', candidates: [] };
    expect(settle({ orders, readStartedAtMs: 230_000 })).toMatchObject([asked]);
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
