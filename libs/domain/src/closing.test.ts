import { describe, expect, it } from 'vitest';
import { type ClosingFacts, type ClosingOrder, nextClosingStep } from './closing.ts';
import { facts, order, times } from './made-up-closing.ts';

const step = (values: Partial<ClosingFacts>) => nextClosingStep(facts(values), times);
const codes = (found: ReturnType<typeof step>) =>
  'tell' in found ? found.tell.map(({ code }) => code) : [];

describe('while one of its orders is open no other is sent', () => {
  it.each([
    ['queued', {}, 'wait', []],
    ['submitting', {}, 'wait', []],
    ['indeterminate', {}, 'wait', ['exit_unknown']],
    ['awaiting_approval', {}, 'wait', ['awaiting_approval']],
    ['accepted', { acceptedForMs: 9000 }, 'wait', []],
    ['accepted', { acceptedForMs: 10_000 }, 'cancel', []],
    ['accepted', { acceptedForMs: 12_000, cancelAskedForMs: 2000 }, 'wait', []],
    ['accepted', { acceptedForMs: 30_000, cancelAskedForMs: 11_000 }, 'cancel', []],
  ] as const)('%s %j: %s %j', (...[status, values, kind, told]) => {
    const found = step({ orders: [order('cancelled'), order(status, values)] });
    expect(found.kind).toBe(kind);
    expect(codes(found)).toEqual(told);
  });
});

describe('what is left is sent again', () => {
  /** The claim found nothing that it could take. */
  const unfit = (values: Partial<ClosingOrder> = {}) =>
    order('cancelled', { wasSent: false, code: 'nothing_to_exit', endedForMs: 0, ...values });

  it('at once after one that rested, of what is left', () => {
    expect(step({ own: 7, orders: [order('cancelled')] })).toMatchObject({
      kind: 'send',
      quantity: 7,
    });
  });

  it('down to its target', () => {
    expect(step({ own: 7, target: 4, orders: [order('absent')] })).toMatchObject({ quantity: 3 });
    expect(step({ own: 4, target: 4, orders: [order('filled')] }).kind).toBe('look');
    expect(step({ own: -7, target: 0 })).toMatchObject({ quantity: 7 });
  });

  it('after three tries a person is told, and the next take their time', () => {
    const orders = [order('cancelled'), order('absent'), order('cancelled', { endedForMs: 5000 })];
    const found = step({ orders });
    expect(found).toMatchObject({ kind: 'wait', ms: 15_000 });
    expect(codes(found)).toEqual(['exit_stuck']);
    const later = [...orders.slice(0, 2), order('cancelled', { endedForMs: 20_000 })];
    expect(step({ orders: later })).toMatchObject({ kind: 'send', quantity: 10 });
  });

  it('a rejection with the same words is told at once', () => {
    const rejected = (reason: string) => order('rejected', { reason, endedForMs: 0 });
    expect(codes(step({ orders: [rejected('RMS'), rejected('RMS')] }))).toEqual(['exit_stuck']);
    expect(step({ orders: [rejected('RMS'), rejected('price band')] }).kind).toBe('send');
  });

  it('but an order that the claim ended counts as no try: the books have to say why', () => {
    expect(step({ orders: [unfit()] }).kind).toBe('look');
    expect(step({ ownMovedForMs: 60_000, orders: [unfit()] }).kind).toBe('look');
  });

  it('all of it, where it is on the other side of its target: a reversal before the exit is void', () => {
    expect(step({ own: -10, target: 4 })).toMatchObject({ kind: 'send', quantity: 10 });
    // What the claim found nothing for was the other way round.
    expect(step({ own: -10, target: 4, orders: [unfit({ action: 'SELL' })] })).toMatchObject({
      kind: 'send',
      quantity: 10,
    });
    const orders = [unfit({ action: 'BUY' })];
    expect(step({ own: -10, target: 4, orders }).kind).toBe('look');
    expect(step({ own: 0, target: 4, orders: [order('filled')] }).kind).toBe('look');
  });

  it('what came after the claim found nothing is closed, too', () => {
    const late = (endedForMs: number, ownMovedForMs: number) =>
      step({ ownMovedForMs, orders: [unfit({ endedForMs })] });
    expect(late(300, 200)).toMatchObject({ kind: 'send', quantity: 10 });
    // It may have been under way while the claim looked: one more claim will see it.
    expect(late(300, 301).kind).toBe('look');
    expect(late(5000, 9999)).toMatchObject({ kind: 'send', quantity: 10 });
    expect(late(5000, 10_000).kind).toBe('look');
  });
});

describe('what one order is too small for', () => {
  const part = (status: ClosingOrder['status'], remaining = 4) =>
    order(status, { remaining, isLimited: true });

  it('goes out in further orders beside it', () => {
    expect(step({ orders: [part('queued')] })).toMatchObject({ kind: 'send', quantity: 6 });
    expect(step({ orders: [part('accepted'), part('queued')] })).toMatchObject({ quantity: 2 });
    expect(step({ orders: [part('accepted'), part('queued'), part('submitting', 2)] }).kind).toBe(
      'wait',
    );
  });

  it('also while it is not known what one of them fills: that part alone waits, and is told', () => {
    const found = step({ orders: [part('indeterminate')] });
    expect(found).toMatchObject({ kind: 'send', quantity: 6 });
    expect(codes(found)).toEqual(['exit_unknown']);
    expect(step({ own: 6, orders: [part('filled', 0), part('indeterminate')] })).toMatchObject({
      quantity: 2,
    });
    expect(step({ own: 4, orders: [part('filled', 0), part('indeterminate')] }).kind).toBe('wait');
    const both = step({ own: 8, orders: [part('indeterminate'), part('indeterminate')] });
    expect([both.kind, ...codes(both)]).toEqual(['wait', 'exit_unknown']);
  });

  it('but not beside an order that nothing limits, nor beside smart orders', () => {
    expect(step({ orders: [order('queued', { remaining: 4 })] }).kind).toBe('wait');
    expect(step({ orders: [part('accepted'), order('indeterminate')] }).kind).toBe('wait');
    expect(step({ scope: 'account', orders: [part('indeterminate')] }).kind).toBe('wait');
  });

  it('tries it no more often than without the others, and not what the claim found nothing for', () => {
    const rejected = () => order('rejected', { reason: 'RMS', endedForMs: 5000 });
    const tried = step({ orders: [part('indeterminate'), rejected(), rejected()] });
    expect(tried).toMatchObject({ kind: 'wait', ms: 5000 });
    expect(codes(tried)).toEqual(['exit_stuck', 'exit_unknown']);
    const unfit = order('cancelled', { wasSent: false, code: 'nothing_to_exit', endedForMs: 0 });
    expect(step({ orders: [part('accepted'), unfit] }).kind).toBe('wait');
  });

  it('each of them is cancelled when it rests, whatever the others do', () => {
    const rests = part('accepted', 4);
    const late = { ...rests, acceptedForMs: 10_000 };
    const asked = { ...part('accepted'), acceptedForMs: 12_000, cancelAskedForMs: 2000 };
    const orders = [part('indeterminate', 2), asked, { ...late, remaining: 4 }];
    const found = step({ orders });
    expect(found).toMatchObject({ kind: 'cancel', orderId: rests.id });
    expect(codes(found)).toEqual(['exit_unknown']);
    const soon = { ...rests, acceptedForMs: 8000 };
    expect(step({ own: 8, orders: [asked, soon] })).toMatchObject({ kind: 'wait', ms: 2000 });
  });
});

it('in the closing auction an order rests until its end', () => {
  const orders = [order('accepted', { acceptedForMs: 60_000 })];
  expect(step({ orders, isInAuction: true }).kind).toBe('wait');
  expect(step({ orders }).kind).toBe('cancel');
});

describe('while no session is open', () => {
  const resting = (values: Partial<ClosingOrder> = {}) =>
    order('accepted', { brokerOrderId: 'B1', acceptedForMs: 300_000, ...values });

  it('an order rests for the next one: it is not cancelled, and no other is sent beside it', () => {
    for (const scope of ['strategy', 'account'] as const) {
      const found = step({ scope, sessionForMs: null, openForMs: 300_000, orders: [resting()] });
      expect(found).toEqual({ kind: 'wait', ms: 5000, tell: [] });
    }
  });

  it('what is rejected is tried again all the same', () => {
    expect(step({ sessionForMs: null, orders: [order('rejected')] }).kind).toBe('send');
  });

  it('its time begins with the session', () => {
    const orders = [resting()];
    expect(step({ sessionForMs: 4000, orders })).toMatchObject({ kind: 'wait', ms: 6000 });
    expect(step({ sessionForMs: 10_000, orders }).kind).toBe('cancel');
  });

  it('the end of the closing names what still rests at the broker', () => {
    const end = { closesInMs: -60_000, sessionForMs: null };
    const text = (orders: ClosingOrder[]) => (step({ ...end, orders }) as { text: string }).text;
    expect(text([order('cancelled', { brokerOrderId: 'B0' }), resting()])).toBe(
      '10 are still open; order B1 may still rest at the broker: cancel it there before you close by hand, or it is closed twice',
    );
    expect(text([resting(), resting({ brokerOrderId: 'B2' })])).toContain(
      'orders B1, B2 may still rest',
    );
  });
});

it('what older orders may still bring is waited for', () => {
  expect(step({ own: 0, othersInFlight: 1, orders: [order('filled')] }).kind).toBe('wait');
  expect(step({ own: 0, othersInFlight: 0, orders: [order('filled')] }).kind).toBe('look');
});

it('without proof for a minute a person is told', () => {
  const closed = { own: 0, orders: [order('filled')] };
  expect(codes(step({ ...closed, openForMs: 59_000 }))).toEqual([]);
  expect(codes(step({ ...closed, openForMs: 60_000 }))).toEqual(['exit_unverified']);
});

it('the same where OpenAlgo sees no position, and is asked again and again', () => {
  const asked = { openForMs: 60_000, orders: [order('queued')] };
  expect(codes(step(asked))).toEqual(['exit_unverified']);
  expect(codes(step({ ...asked, orders: [order('queued', { wasSent: false })] }))).toEqual([]);
});

it('the same where an order rests and cannot be cancelled, unless it rests in the closing auction', () => {
  const resting = { openForMs: 60_000, orders: [order('accepted', { acceptedForMs: 5000 })] };
  expect(codes(step(resting))).toEqual(['exit_unverified']);
  const asked = [order('accepted', { acceptedForMs: 60_000, cancelAskedForMs: 2000 })];
  expect(codes(step({ ...resting, orders: asked }))).toEqual(['exit_unverified']);
  const again = step({ ...resting, orders: [order('accepted', { acceptedForMs: 60_000 })] });
  expect([again.kind, ...codes(again)]).toEqual(['cancel', 'exit_unverified']);
  expect(codes(step({ ...resting, isInAuction: true }))).toEqual([]);
});

it('a switched analyzer stops everything, and is told', () => {
  const found = step({ accountMode: 'analyze' });
  expect(found.kind).toBe('wait');
  expect(codes(found)).toEqual(['mode_changed']);
  expect(step({ mode: null, accountMode: 'analyze' }).kind).toBe('send');
});

describe('after the close', () => {
  it('what is open when the books had time to show it has failed', () => {
    expect(step({ closesInMs: -30_000 })).toEqual({ kind: 'fail', text: '10 are still open' });
    const noProof = step({ closesInMs: -30_000, own: 0, orders: [order('filled')] });
    expect(noProof).toMatchObject({ text: 'it could not be shown that nothing is open' });
  });

  it('until then they are read, and nothing is sent or cancelled', () => {
    const justNow = (orders: ClosingOrder[], values: Partial<ClosingFacts> = {}) =>
      step({ closesInMs: -29_999, orders, ...values });
    const wait = { kind: 'wait', ms: 5000, tell: [] };
    expect(justNow([order('filled')], { own: 0 }).kind).toBe('look');
    expect(justNow([order('cancelled')])).toEqual(wait);
    expect(justNow([], { scope: 'account' })).toEqual(wait);
    expect(justNow([order('accepted', { acceptedForMs: 60_000 })])).toEqual(wait);
    const part = order('accepted', { isLimited: true, remaining: 4 });
    expect(justNow([part])).toEqual(wait);
  });

  it('what rests in the closing auction is waited for until that is matched', () => {
    const orders = [order('accepted', { acceptedForMs: 600_000 })];
    const late = { closesInMs: -200_000, sessionForMs: null, orders };
    expect(step({ ...late, isInAuction: true }).kind).toBe('wait');
    expect(step({ ...late, isInAuction: false }).kind).toBe('fail');
  });
});
