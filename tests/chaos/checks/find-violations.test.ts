import { describe, expect, it } from 'vitest';
import type { Evidence } from '../evidence/evidence.ts';
import { findViolations } from './find-violations.ts';
import { makeCall, makeEvidence, makeOrder } from './made-up-evidence.ts';

const kindsIn = (evidence: Partial<Evidence>) =>
  findViolations(makeEvidence(evidence)).map(({ kind }) => kind);

const posting = { at: 0, endedAt: 1, ingress: 0, code: null, isDuplicate: false };
const wish = { strategyId: 1, stocks: ['SBIN'], hasKey: true };

/** Departures of so many orders of one account, so far apart (ms). */
function departing(count: number, apartMs: number, lane: 'regular' | 'smart' = 'regular') {
  const orders = Array.from({ length: count }, (_none, index) => {
    const place = { strategyInstrumentId: index, symbol: `S${index}` };
    return makeOrder({
      id: `o${index}`,
      lane,
      targetPosition: lane === 'smart' ? 0 : null,
      ...place,
    });
  });
  const witnessed = orders.map(({ id }, index) => {
    const at = 10_000 + index * apartMs;
    return { orderId: id, attempt: 1, at, notBefore: at - 5 };
  });
  return { orders, witnessed, calls: orders.map((order) => makeCall(order)) };
}

describe('nothing is found', () => {
  it('in an order that was called once and filled', () => {
    const order = makeOrder({ id: 'one' });
    const said = { ...posting, status: 200, orders: ['one'] };
    const wishes = [{ ...wish, nonce: 'one', postings: [said] }];
    expect(kindsIn({ orders: [order], calls: [makeCall(order)], wishes })).toEqual([]);
  });

  it('in orders that ended without a call and say why', () => {
    const orders = (['expired', 'superseded', 'cancelled'] as const).map((status, index) =>
      makeOrder({ id: status, nonce: null, seq: index, status, code: status, attempt: 0 }),
    );
    expect(kindsIn({ orders })).toEqual([]);
  });

  it('in an order that was cancelled here after tries that sent nothing', () => {
    const cancelled = { status: 'cancelled', code: 'squared_off_today', attempt: 3 } as const;
    const order = makeOrder({ id: 'one', ...cancelled, brokerOrderId: null });
    expect(kindsIn({ orders: [order] })).toEqual([]);
    const atBroker = { ...order, code: 'cancelled', brokerOrderId: 'B1' };
    expect(kindsIn({ orders: [atBroker] })).toEqual(['lost']);
  });

  it('in an absent order with its alert', () => {
    const order = makeOrder({ id: 'one', status: 'absent' });
    const calls = [makeCall(order, { executed: [] })];
    const alerts = [{ code: 'absent', orderId: 'one', at: 0 }];
    expect(kindsIn({ orders: [order], calls, alerts })).toEqual([]);
  });

  it('in an absent order of which a person who was asked says so', () => {
    const reason = 'cli:root says that it was not placed';
    const order = makeOrder({ id: 'one', status: 'absent', reason });
    const calls = [makeCall(order, { executed: [] })];
    const alerts = [{ code: 'awaiting_approval', orderId: 'one', at: 0 }];
    expect(kindsIn({ orders: [order], calls, alerts })).toEqual([]);
    expect(kindsIn({ orders: [order], calls })).toEqual(['lost']);
    expect(kindsIn({ orders: [{ ...order, reason: null }], calls, alerts })).toEqual(['lost']);
  });

  it('in ten calls in a second, or eleven in a little more', () => {
    expect(kindsIn(departing(10, 100))).toEqual([]);
    expect(kindsIn(departing(30, 105))).toEqual([]);
  });

  it('in an order that was called twice, the first time in vain', () => {
    const order = makeOrder({ id: 'one', attempt: 2 });
    const calls = [makeCall(order, { executed: [], answer: '429' }), makeCall(order)];
    expect(kindsIn({ orders: [order], calls })).toEqual([]);
  });
});

const waitingClosing = {
  ...{ strategyInstrumentId: 1, accountId: 1, exchange: 'NSE', symbol: 'SBIN', product: 'MIS' },
  ...{ scope: 'strategy' as const, status: 'open', target: 0, mode: 'analyze', detail: null },
  ...{ told: ['mode_changed'], squareOffId: null, openedAt: 0, endedAt: null },
};

describe('lost is', () => {
  it('an order that was answered with 200 and is not stored', () => {
    const said = { ...posting, status: 200, orders: ['gone'] };
    const wishes = [{ ...wish, nonce: 'one', postings: [said] }];
    expect(kindsIn({ wishes })).toEqual(['lost']);
  });

  it.each(['queued', 'submitting'] as const)('an order that is %s at the end', (status) => {
    expect(kindsIn({ orders: [makeOrder({ id: 'one', status, attempt: 0 })] })).toEqual(['lost']);
  });

  it('not an exit that waits for the analyzer, of which a person was told', () => {
    const order = makeOrder({ id: 'one', status: 'queued', attempt: 0, closingId: 'closing' });
    const closing = { ...waitingClosing, id: 'closing' };
    expect(kindsIn({ orders: [order], closings: [closing] })).toEqual([]);
    const untold = { ...closing, told: [] };
    expect(kindsIn({ orders: [order], closings: [untold] })).toEqual(['lost', 'unclosed']);
  });

  it('a cancelled order without a code', () => {
    const order = makeOrder({ id: 'one', status: 'cancelled', attempt: 0 });
    expect(kindsIn({ orders: [order] })).toEqual(['lost']);
  });

  it('an absent order without an alert', () => {
    const order = makeOrder({ id: 'one', status: 'absent' });
    expect(kindsIn({ orders: [order], calls: [makeCall(order, { executed: [] })] })).toEqual([
      'lost',
    ]);
  });

  it('an order that says it was rejected and was never called', () => {
    expect(kindsIn({ orders: [makeOrder({ id: 'one', status: 'rejected' })] })).toEqual(['lost']);
  });

  it('an indeterminate order that nobody was asked about', () => {
    const asked = [{ id: 'one', status: 'indeterminate' as const, isAsked: false }];
    expect(kindsIn({ asked })).toEqual(['lost']);
  });
});

describe('doubled is', () => {
  it('one order with two calls that were executed', () => {
    const order = makeOrder({ id: 'one' });
    const twice = [makeCall(order), makeCall(order, { executed: ['again'] })];
    expect(kindsIn({ orders: [order], calls: twice })).toEqual(['doubled', 'doubled']);
  });

  it('a fingerprint that was executed more often than wished, whatever the headers say', () => {
    const order = makeOrder({ id: 'one' });
    const calls = [makeCall(order), makeCall(order, { orderId: null })];
    expect(kindsIn({ orders: [order], calls })).toEqual(['doubled']);
  });
});

describe('misordered is', () => {
  it('not an order of the live account behind a newer one of the analyzer', () => {
    const older = makeOrder({ id: 'older', seq: 1 });
    const newer = makeOrder({ id: 'newer', seq: 2, mode: 'analyze' });
    const calls = [makeCall(newer), makeCall(older)];
    expect(kindsIn({ orders: [older, newer], calls })).toEqual([]);
    const unknown = { ...newer, mode: null };
    expect(kindsIn({ orders: [older, unknown], calls })).toEqual(['misordered']);
  });

  it('an order that is called after a newer one of its strategy and instrument', () => {
    const older = makeOrder({ id: 'older', seq: 1 });
    const newer = makeOrder({ id: 'newer', seq: 2, action: 'SELL', role: 'exit' });
    const calls = [makeCall(newer, { arrivedAt: 1 }), makeCall(older, { arrivedAt: 2 })];
    expect(kindsIn({ orders: [older, newer], calls })).toEqual(['misordered']);
  });

  it('not an order of another instrument', () => {
    const older = makeOrder({ id: 'older', seq: 1 });
    const newer = makeOrder({ id: 'newer', seq: 2, strategyInstrumentId: 2 });
    const calls = [makeCall(newer, { arrivedAt: 1 }), makeCall(older, { arrivedAt: 2 })];
    expect(kindsIn({ orders: [older, newer], calls })).toEqual([]);
  });

  it('not what waited for an exit that was planned again', () => {
    const entry = makeOrder({ id: 'entry', seq: 2 });
    const again = {
      seq: 3,
      wishSeq: 1,
      closingId: 'closing',
      action: 'SELL',
      role: 'exit',
    } as const;
    const exit = makeOrder({ id: 'exit', ...again });
    const calls = [makeCall(exit, { arrivedAt: 1 }), makeCall(entry, { arrivedAt: 2 })];
    expect(kindsIn({ orders: [entry, exit], calls })).toEqual([]);
  });

  it('not an exit that follows another of the same closing', () => {
    const exit = { closingId: 'closing', action: 'SELL', role: 'exit' } as const;
    const [one, other] = [1, 2].map((seq) => makeOrder({ id: `exit ${seq}`, seq, ...exit }));
    if (one === undefined || other === undefined) throw new Error('no orders');
    const calls = [makeCall(other, { arrivedAt: 1 }), makeCall(one, { arrivedAt: 2 })];
    expect(kindsIn({ orders: [one, other], calls })).toEqual([]);
    const orders = [one, { ...other, closingId: 'a later one' }];
    expect(kindsIn({ orders, calls })).toEqual(['misordered']);
  });
});

describe('over rate is', () => {
  it('an eleventh call in a rolling second', () => {
    expect(kindsIn(departing(11, 98))).toEqual(['over_rate']);
  });

  it('a second smart order in a second', () => {
    expect(kindsIn(departing(2, 900, 'smart'))).toEqual(['over_rate']);
  });

  it('not what was only read late: it may have left earlier', () => {
    const { orders, calls, witnessed } = departing(11, 98);
    const late = witnessed.map((call, index) =>
      index === 0 ? { ...call, notBefore: call.at - 60 } : call,
    );
    expect(kindsIn({ orders, calls, witnessed: late })).toEqual([]);
  });
});

describe('half done is', () => {
  it('a wish that was stored unanswered, and again when it was resent', () => {
    const orders = ['one', 'two'].map((id, seq) => makeOrder({ id, seq, nonce: 'wish' }));
    const postings = [
      { ...posting, status: 503, orders: [] },
      { ...posting, status: 200, orders: ['two'] },
    ];
    const wishes = [{ ...wish, nonce: 'wish', postings }];
    const calls = orders.map((order) => makeCall(order));
    expect(kindsIn({ orders, calls, wishes })).toEqual(['half_done']);
  });
});

it('an order that was called with the key of another account is misrouted', () => {
  const orders = ['one', 'two', 'three', 'four'].map((id, index) =>
    makeOrder({ id, accountId: index < 3 ? 1 : 2, strategyInstrumentId: index }),
  );
  const calls = orders.map((order, index) =>
    makeCall(order, { account: ['one', 'one', 'two', 'two'][index] ?? null }),
  );
  const found = findViolations(makeEvidence({ orders, calls }));
  expect(found.map(({ kind, orders: [id] }) => `${kind} ${id}`)).toEqual(['misrouted three']);
});

describe('disowned is', () => {
  it.each(['expired', 'superseded', 'no_action', 'absent'] as const)(
    'an order that is %s and was executed',
    (status) => {
      const order = makeOrder({ id: 'one', status, code: status });
      const alerts = [{ code: status, orderId: 'one', at: 0 }];
      expect(kindsIn({ orders: [order], calls: [makeCall(order)], alerts })).toContain('disowned');
    },
  );

  it('an order that is filled and was never executed', () => {
    const order = makeOrder({ id: 'one' });
    const calls = [makeCall(order, { executed: [] })];
    expect(kindsIn({ orders: [order], calls })).toEqual(['disowned']);
  });

  it("an order with another one's number at the broker", () => {
    const order = makeOrder({ id: 'one', brokerOrderId: 'broker two' });
    expect(kindsIn({ orders: [order], calls: [makeCall(order)] })).toEqual(['disowned']);
  });
});
