import type { AccountLimits } from './account-gate.ts';

interface RatePart {
  count: number;
  periodMs: number;
}

// Calls leave a little further apart than the rate says, so that no rolling second at the far end
// holds one too many when one of them is delayed on its way.
const spread = 1.05;
const smartSpread = 1.1;

/**
 * What the gate is asked with. The part of a rate that is for a second (or less) becomes the gap
 * between two calls, longer parts are counted; smart orders are spaced by their tightest part.
 */
export function accountLimits(rates: {
  orders: readonly RatePart[];
  smartOrders: readonly RatePart[];
}): AccountLimits {
  const short = rates.orders.filter(({ periodMs }) => periodMs <= 1000);
  const long = rates.orders.filter(({ periodMs }) => periodMs > 1000);
  const gaps = (short.length > 0 ? short : [{ count: 10, periodMs: 1000 }]).map(
    ({ count, periodMs }) => Math.ceil((periodMs / count) * spread),
  );
  const smartGaps = rates.smartOrders.map(({ count, periodMs }) =>
    Math.ceil((periodMs / count) * smartSpread),
  );
  return {
    gapMs: Math.max(...gaps),
    smartGapMs: Math.max(...smartGaps),
    windows: long.map(({ count, periodMs }) => ({ max: count, windowMs: periodMs })),
  };
}
