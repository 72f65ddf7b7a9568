import type { AccountRow } from '@orderlane/db/accounts';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { accountLimits } from '@orderlane/queue/account-limits';
import { parseRate, type RateLimit } from '@orderlane/runtime/rate';

export interface DefaultRates {
  orders: readonly RateLimit[];
  smartOrders: readonly RateLimit[];
}

/** An account's own rates, else those of the configuration. A stored rate was checked when it was saved. */
export function limitsOf(defaults: DefaultRates, account: AccountRow): AccountLimits {
  const { order_rate: orders, smart_order_rate: smartOrders } = account;
  return accountLimits({
    orders: (orders === null ? undefined : parseRate(orders)) ?? defaults.orders,
    smartOrders:
      (smartOrders === null ? undefined : parseRate(smartOrders)) ?? defaults.smartOrders,
  });
}
