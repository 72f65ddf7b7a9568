import type { Action } from './books/order.ts';

/** A smart order: the position wanted, and the action and quantity that only matter when nothing is held or wanted. */
export interface SmartTarget {
  /** T: signed shares wanted; a fraction is cut off. */
  readonly target: number;
  /** C: signed shares that the position book shows. */
  readonly current: number;
  /** Q */
  readonly quantity: number;
  readonly action: Action;
}

export type SmartDecision =
  | { readonly kind: 'order'; readonly action: Action; readonly quantity: number }
  | { readonly kind: 'matched' }
  | { readonly kind: 'nothing_to_exit' };

/**
 * OpenAlgo's delta algorithm, as 36 adapters and the sandbox have it: action and quantity count only when target and
 * position are both 0; otherwise one order moves the position to the target, also across 0.
 */
export function decideSmartOrder(order: SmartTarget): SmartDecision {
  const target = Math.trunc(order.target);
  const delta = target - order.current;
  if (delta !== 0) {
    return { kind: 'order', action: delta > 0 ? 'BUY' : 'SELL', quantity: Math.abs(delta) };
  }
  if (order.quantity === 0) return { kind: 'nothing_to_exit' };
  if (target === 0) return { kind: 'order', action: order.action, quantity: order.quantity };
  return { kind: 'matched' };
}
