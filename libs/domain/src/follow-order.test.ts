import { describe, expect, it } from 'vitest';
import { type Fills, followOrder, type Sighting } from './follow-order.ts';

const nothing: Fills = { quantity: 0, averagePrice: null };

function follow(
  sighting: Partial<Sighting>,
  fills: { known?: Fills; traded?: Fills; lacksTrades?: boolean } = {},
): ReturnType<typeof followOrder> {
  return followOrder({
    known: fills.known ?? nothing,
    traded: fills.traded ?? nothing,
    lacksTrades: fills.lacksTrades ?? false,
    inheritedMs: 15_000,
    sighting: {
      mode: 'live',
      status: 'open',
      quantity: 10,
      filledQuantity: null,
      averagePrice: null,
      rejectionReason: null,
      sameReads: 1,
      sameForMs: 0,
      mayBeInherited: false,
      ...sighting,
    },
  });
}

describe('filled', () => {
  it('is what the trade book covers, whatever status the row has', () => {
    const traded = { quantity: 10, averagePrice: 101.5 };
    for (const status of ['complete', 'open', 'rejected'] as const) {
      expect(follow({ status }, { traded })).toEqual({ ...traded, status: 'filled', reason: null });
    }
  });

  it('is not believed of a live row without its trades', () => {
    expect(follow({ status: 'complete', filledQuantity: 10, sameReads: 9 })).toMatchObject({
      status: 'accepted',
      quantity: 0,
    });
  });

  it("is believed of the analyzer's row, which says what filled", () => {
    const row = {
      mode: 'analyze',
      status: 'complete',
      filledQuantity: 10,
      averagePrice: 99,
    } as const;
    expect(follow(row)).toMatchObject({ status: 'filled', quantity: 10, averagePrice: 99 });
  });

  it('is never said of a row without a quantity', () => {
    expect(follow({ status: 'complete', quantity: 0 }).status).toBe('accepted');
  });
});

it('a cancellation is not believed beside a trade book that lacks trades, a rejection is', () => {
  const seen = { sameReads: 9, sameForMs: 60_000 };
  const lacking = { lacksTrades: true };
  expect(follow({ status: 'cancelled', ...seen }, lacking).status).toBe('accepted');
  expect(follow({ status: 'rejected', ...seen }, lacking).status).toBe('rejected');
});

it.each(['cancelled', 'rejected'] as const)(
  'that it was %s is not believed while the row itself says that more filled than its trades show',
  (status) => {
    const row = { status, filledQuantity: 6, sameReads: 9, sameForMs: 60_000 };
    expect(follow(row, { traded: { quantity: 2, averagePrice: 100 } })).toMatchObject({
      status: 'accepted',
      quantity: 2,
    });
    const traded = { quantity: 6, averagePrice: 100 };
    expect(follow(row, { traded })).toMatchObject({ ...traded, status });
    expect(follow(row, { known: traded })).toMatchObject({ ...traded, status });
  },
);

describe('a part fill', () => {
  it('is kept while the order is still open', () => {
    const traded = { quantity: 4, averagePrice: 100 };
    expect(follow({}, { traded })).toEqual({ ...traded, status: 'accepted', reason: null });
  });

  it('only grows: a book that shows less, or nothing, takes nothing back', () => {
    const known = { quantity: 4, averagePrice: 100 };
    expect(follow({}, { known })).toMatchObject(known);
    expect(follow({}, { known, traded: { quantity: 2, averagePrice: 90 } })).toMatchObject(known);
  });

  it('is kept when the rest is cancelled', () => {
    const traded = { quantity: 4, averagePrice: 100 };
    expect(follow({ status: 'cancelled', sameReads: 2 }, { traded })).toMatchObject({
      ...traded,
      status: 'cancelled',
    });
  });
});

it('more trades than were ordered are a repetition', () => {
  expect(follow({}, { traded: { quantity: 20, averagePrice: 100 } }).quantity).toBe(10);
});

describe('an end without a fill', () => {
  it.each(['cancelled', 'rejected'] as const)(
    '%s counts when two reads in a row show it',
    (status) => {
      expect(follow({ status }).status).toBe('accepted');
      expect(follow({ status, sameReads: 2 }).status).toBe(status);
    },
  );

  it('that may be inherited from the row before counts only when it lasts', () => {
    const inherited = { status: 'rejected', sameReads: 5, mayBeInherited: true } as const;
    expect(follow({ ...inherited, sameForMs: 14_999 }).status).toBe('accepted');
    expect(follow({ ...inherited, sameForMs: 15_000 }).status).toBe('rejected');
  });

  it("keeps the broker's words", () => {
    const row = { status: 'rejected', sameReads: 2, rejectionReason: 'RMS: no funds' } as const;
    expect(follow(row).reason).toBe('RMS: no funds');
  });

  it('is not read into words that are not known', () => {
    expect(follow({ status: 'other', sameReads: 100, sameForMs: 1e6 }).status).toBe('accepted');
  });
});
