import type { AlertToRaise } from '@orderlane/db/alerts';
import type { EndedOrder } from '@orderlane/db/ended-orders';
import { instrumentKey } from '@orderlane/domain/instrument';

const namedSymbols = 10;

/** One alert for each exit that was never sent, one for all entries of a strategy. */
export function alertsOfExpired(orders: readonly EndedOrder[]): AlertToRaise[] {
  const exits = orders.filter(({ role }) => role === 'exit');
  const entries = orders.filter(({ role }) => role === 'entry');
  const byStrategy = Map.groupBy(entries, ({ strategyId }) => strategyId);
  return [...exits.map(expiredExit), ...[...byStrategy.values()].flatMap(expiredEntries)];
}

/** One alert for each call whose executor went silent: it may have been placed. */
export function alertsOfLapsed(orders: readonly EndedOrder[]): AlertToRaise[] {
  return orders.map((order) => ({
    ...about(order),
    code: 'lease_lost',
    subject: `${order.strategyName} ${instrumentKey(order)} ${order.id}`,
    orderId: order.id,
    text: `${describe(order)}: the executor went silent while it sent it, it may have been placed`,
  }));
}

function expiredExit(order: EndedOrder): AlertToRaise {
  return {
    ...about(order),
    code: 'exit_expired',
    subject: `${order.strategyName} ${instrumentKey(order)} ${order.id}`,
    orderId: order.id,
    text: `${describe(order)} was not sent before it expired: close the position by hand if it is open`,
  };
}

function expiredEntries(orders: EndedOrder[]): AlertToRaise[] {
  const [first] = orders;
  if (first === undefined) return [];
  const symbols = [...new Set(orders.map(({ symbol }) => symbol))];
  const more = symbols.length > namedSymbols ? ', …' : '';
  const named = `${symbols.slice(0, namedSymbols).join(', ')}${more}`;
  const text = `${first.strategyName}: ${orders.length} entries were not sent in time (${named})`;
  return [{ ...about(first), code: 'expired', subject: first.strategyName, text }];
}

function about({ accountId, strategyId }: EndedOrder) {
  return { accountId, strategyId };
}

function describe({ action, quantity, symbol, strategyName }: EndedOrder): string {
  return `${action} ${quantity || 'all of'} ${symbol} (${strategyName})`;
}
