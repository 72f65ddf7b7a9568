import type { Lane } from '@orderlane/domain/lane';
import { parseRates, type Rate } from '@orderlane/domain/rate';
import type { AccountLimits } from './account-gate.ts';

/** The rates of the configuration, for accounts that have none of their own. */
export interface DefaultRates {
  ORDER_RATE_LIMIT: readonly Rate[];
  SMART_ORDER_RATE_LIMIT: readonly Rate[];
}

/** An account's own rates, as they were checked when they were saved. */
interface AccountRates {
  order_rate: string | null;
  smart_order_rate: string | null;
}

// Calls leave a little further apart than the rate says, so that no rolling second at the far end
// holds one too many when one of them is delayed on its way.
const spread = 1.05;
const smartSpread = 1.1;

const usualRate: Rate = { count: 10, perMs: 1000 };

/**
 * What the gate is asked with. The part of a rate that is for a second (or less) becomes the gap
 * between two calls, longer parts are counted; smart orders are spaced by their tightest part.
 */
export function limitsOf(defaults: DefaultRates, account: AccountRates | undefined): AccountLimits {
  const orders = ratesOf(account?.order_rate) ?? defaults.ORDER_RATE_LIMIT;
  const smartOrders = ratesOf(account?.smart_order_rate) ?? defaults.SMART_ORDER_RATE_LIMIT;
  const short = orders.filter(({ perMs }) => perMs <= 1000);
  const long = orders.filter(({ perMs }) => perMs > 1000);
  return {
    gapMs: widestGap(short.length > 0 ? short : [usualRate], spread),
    smartGapMs: widestGap(smartOrders, smartSpread),
    windows: long.map(({ count, perMs }) => ({ max: count, windowMs: perMs })),
  };
}

/** Time between two calls of each lane of an account (ms): an entry's age grows by its backlog. */
export function intervalsOf(
  defaults: DefaultRates,
  account: AccountRates | undefined,
): Record<Lane, number> {
  const { gapMs, smartGapMs } = limitsOf(defaults, account);
  return { regular: gapMs, smart: smartGapMs };
}

function ratesOf(text: string | null | undefined): Rate[] | undefined {
  return text === null || text === undefined ? undefined : parseRates(text);
}

function widestGap(rates: readonly Rate[], factor: number): number {
  return Math.max(...rates.map(({ count, perMs }) => Math.ceil((perMs / count) * factor)));
}
