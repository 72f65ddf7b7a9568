import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideSmartOrder } from './smart-delta.ts';

const order = (action: 'BUY' | 'SELL', quantity: number) => ({ kind: 'order', action, quantity });

test.each([
  { target: 0, current: 0, quantity: 5, action: 'BUY', expected: order('BUY', 5) },
  { target: 0, current: 0, quantity: 5, action: 'SELL', expected: order('SELL', 5) },
  { target: 0, current: 0, quantity: 0, action: 'SELL', expected: { kind: 'nothing_to_exit' } },
  { target: 0, current: 7, quantity: 5, action: 'BUY', expected: order('SELL', 7) },
  { target: 0, current: -7, quantity: 0, action: 'SELL', expected: order('BUY', 7) },
  { target: 3, current: 0, quantity: 1, action: 'SELL', expected: order('BUY', 3) },
  { target: -3, current: 0, quantity: 1, action: 'BUY', expected: order('SELL', 3) },
  { target: 12, current: 5, quantity: 5, action: 'BUY', expected: order('BUY', 7) },
  { target: 4, current: 12, quantity: 5, action: 'BUY', expected: order('SELL', 8) },
  { target: 5, current: -5, quantity: 5, action: 'SELL', expected: order('BUY', 10) },
  { target: 5, current: 5, quantity: 5, action: 'BUY', expected: { kind: 'matched' } },
  { target: 5, current: 5, quantity: 0, action: 'BUY', expected: { kind: 'nothing_to_exit' } },
  { target: 2.7, current: 0, quantity: 5, action: 'BUY', expected: order('BUY', 2) },
  { target: -2.7, current: -2, quantity: 5, action: 'BUY', expected: { kind: 'matched' } },
] as const)('T $target, C $current, Q $quantity $action', ({ expected, ...smart }) => {
  expect(decideSmartOrder(smart)).toEqual(expected);
});

test('reaches every target that is not flat from every position with at most one order', () => {
  const shares = fc.integer({ min: -1000, max: 1000 });
  const smartOrders = fc.record({
    target: shares,
    current: shares,
    quantity: fc.nat({ max: 1000 }),
    action: fc.constantFrom('BUY' as const, 'SELL' as const),
  });
  fc.assert(
    fc.property(smartOrders, (smart) => {
      fc.pre(smart.target !== 0 || smart.current !== 0);
      const decision = decideSmartOrder(smart);
      const moved = decision.kind === 'order' ? decision.quantity : 0;
      const sign = decision.kind === 'order' && decision.action === 'SELL' ? -1 : 1;
      expect(smart.current + sign * moved).toBe(smart.target);
    }),
  );
});
