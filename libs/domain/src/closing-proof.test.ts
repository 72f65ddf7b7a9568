import { describe, expect, it } from 'vitest';
import type { ClosingFacts } from './closing.ts';
import { judgeLook, type Look } from './closing-proof.ts';
import { facts, order, times } from './made-up-closing.ts';

const filled = [order('filled')];
const look = (values: Partial<Look> = {}): Look => ({
  product: 'MIS',
  shown: 0,
  isQuietlyEmpty: false,
  traded: null,
  othersOwn: 0,
  tradesElsewhere: false,
  flatBefore: null,
  ...values,
});
const before = (quantity: number, agoMs = 1500) => ({ agoMs, quantity });

/** What a closing comes to when two looks, far enough apart, show the same. */
function twice(values: Partial<ClosingFacts>, seen: Partial<Look>) {
  const closing = facts({ own: 0, orders: filled, ...values });
  const first = judgeLook(closing, look(seen), times);
  if (first.kind !== 'seen_once') return first.kind;
  const second = look({ ...seen, flatBefore: before(first.quantity, first.againInMs) });
  return judgeLook(closing, second, times).kind;
}

describe('flat is proved by two looks', () => {
  const account = { scope: 'account' } as const;

  it.each([
    ['account', account, { shown: 0 }, 'verified'],
    ['account', account, { shown: 5 }, 'open'],
    ['account', account, { shown: null, traded: 0 }, 'verified'],
    ['account', account, { shown: null, traded: 5 }, 'unknown'],
    ['account', account, { shown: null, traded: null }, 'unknown'],
    ['account, quietly empty', account, { shown: null, isQuietlyEmpty: true }, 'unknown'],
    [
      'account, OpenAlgo says no position, and nothing contradicts',
      { ...account, orders: [order('no_action')] },
      { shown: null, isQuietlyEmpty: true },
      'nothing_open',
    ],
    [
      'account, the same though the strategy owns some',
      { ...account, own: 10, orders: [order('no_action')] },
      { shown: null, isQuietlyEmpty: true },
      'unknown',
    ],
    [
      'account, rejected, and no book tells',
      { ...account, orders: [order('rejected')] },
      { shown: null },
      'open',
    ],
    [
      'account, no position, after the exits that it met are void',
      { ...account, orders: [order('no_action'), order('superseded'), order('superseded')] },
      { shown: null, isQuietlyEmpty: true },
      'nothing_open',
    ],
    [
      'account, rejected, no book tells, and the exits that it was to meet are void',
      { ...account, orders: [order('rejected'), order('superseded')] },
      { shown: null },
      'open',
    ],
    [
      'account, void itself',
      { ...account, orders: [order('superseded')] },
      { shown: null },
      'unknown',
    ],
    ['strategy', {}, { shown: 0 }, 'verified'],
    ['strategy, an empty book', {}, { shown: null }, 'unknown'],
    ['strategy, an empty book, trades net to 0', {}, { shown: null, traded: 0 }, 'verified'],
    ['strategy, the rest is of others', {}, { shown: 4, othersOwn: 4 }, 'verified'],
    ['strategy, the rest is nobody’s', {}, { shown: 4 }, 'unknown'],
    ['strategy, the rest is by hand', {}, { shown: 4, tradesElsewhere: true }, 'verified'],
    ['strategy, in part', { own: 4, target: 4 }, { shown: 4 }, 'verified'],
    [
      'strategy, in part, by trades alone',
      { own: 4, target: 4 },
      { shown: null, traded: 0 },
      'unknown',
    ],
    ['strategy, somebody closed it', { own: 10 }, { shown: 0 }, 'closed_outside'],
    ['strategy, somebody turned it', { own: 10 }, { shown: -5 }, 'closed_outside'],
    ['strategy, others are short', { own: 10 }, { shown: -5, tradesElsewhere: true }, 'open'],
    ['strategy, others are long', { own: -10 }, { shown: 90, tradesElsewhere: true }, 'open'],
    [
      'strategy, others trade there, and it is gone',
      { own: 10 },
      { shown: 0, tradesElsewhere: true },
      'closed_outside',
    ],
    ['strategy, it is there after all', { own: 10 }, { shown: 10 }, 'open'],
    ['strategy, unread', { own: 10 }, { shown: null }, 'unknown'],
    ['CNC, holdings are not in this book', { own: 10 }, { shown: 0, product: 'CNC' }, 'unknown'],
    [
      'CNC, asked again in its time',
      { own: 10, orders: [order('cancelled', { endedForMs: 20_000 })] },
      { shown: 0, product: 'CNC' },
      'open',
    ],
    ['CNC, sold', {}, { shown: -10, product: 'CNC' }, 'verified'],
  ] as const)('%s', (...[, closing, seen, verdict]) => {
    expect(twice(closing, seen)).toBe(verdict);
  });

  it('at least so far apart, and showing the same', () => {
    const closing = facts({ own: 0, orders: filled, scope: 'account' });
    const soon = judgeLook(closing, look({ flatBefore: before(0, 1000) }), times);
    expect(soon).toEqual({ kind: 'seen_once', quantity: 0, againInMs: 500 });
    const other = look({ shown: 4, tradesElsewhere: true, flatBefore: before(7) });
    expect(judgeLook(facts({ own: 0, orders: filled }), other, times).kind).toBe('seen_once');
  });

  it.each([
    [{ shown: -90 }, {}, 10],
    [{ shown: -90 }, { target: 4 }, 6],
    [{ shown: 4 }, {}, 4],
  ])('where others trade, %j of 10 own, %j: %i are sent', (...[seen, values, quantity]) => {
    expect(judgeLook(facts(values), look({ ...seen, tradesElsewhere: true }), times)).toEqual({
      kind: 'open',
      step: { kind: 'send', quantity, tell: [] },
    });
  });

  it('what is held on the other side of the target of a partial exit is open', () => {
    expect(judgeLook(facts({ own: -10, target: 4 }), look({ shown: -10 }), times)).toEqual({
      kind: 'open',
      step: { kind: 'send', quantity: 10, tell: [] },
    });
  });
});

describe('after an exit of the account filled, open is believed when two looks show it', () => {
  const judge = (seen: Partial<Look>, values: Partial<ClosingFacts> = {}) =>
    judgeLook(
      facts({ scope: 'account', orders: filled, ...values }),
      look({ shown: 10, ...seen }),
      times,
    );
  const again = { kind: 'open', step: { kind: 'send', quantity: null, tell: [] } };
  const once = (againInMs: number, quantity = 10) => ({ kind: 'seen_once', quantity, againInMs });

  it.each([
    ['the first', {}, {}, once(3000)],
    ['too soon', { flatBefore: before(10, 2000) }, {}, once(1000)],
    ['so far apart', { flatBefore: before(10, 3000) }, {}, again],
    [
      'another quantity: from the beginning',
      { shown: 4, flatBefore: before(10, 9000) },
      {},
      once(3000, 4),
    ],
    ['flat after all', { shown: 0, flatBefore: before(10, 3000) }, {}, once(1500, 0)],
    ['shortly before the close', {}, { closesInMs: 4000 }, once(2000)],
    ['and again, still before it', { flatBefore: before(10, 2000) }, { closesInMs: 2000 }, again],
  ] as const)('%s', (...[, seen, values, verdict]) => {
    expect(judge(seen, values)).toEqual(verdict);
  });

  it('a part that filled is a fill', () => {
    expect(judge({}, { orders: [order('cancelled', { filled: 4 })] })).toEqual(once(3000));
  });

  it('where nothing of it filled, one look is enough', () => {
    expect(judge({}, { orders: [order('no_action'), order('cancelled')] })).toEqual(again);
  });

  it('where no book can be read, a try that failed is repeated no sooner', () => {
    const orders = (endedForMs: number) => [...filled, order('rejected', { endedForMs })];
    expect(judge({ shown: null }, { orders: orders(2999) })).toEqual({ kind: 'unknown' });
    expect(judge({ shown: null }, { orders: orders(3000) })).toEqual(again);
  });
});
