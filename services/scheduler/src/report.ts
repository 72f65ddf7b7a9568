import type { EndedOrder } from '@orderlane/db/ended-orders';
import * as events from '@orderlane/runtime/events';
import type { Log } from '@orderlane/runtime/log';

function factsOf(order: EndedOrder): events.OrderFacts {
  const { id, strategyName, accountId, lane, role, action, attempt, quantity } = order;
  const { exchange, symbol, product } = order;
  const instrument = { exchange, symbol, product };
  const facts = { accountId, lane, role, action, attempt, quantity, ...instrument };
  return { ...facts, orderId: id, strategy: strategyName };
}

export function reportExpired(log: Log, order: EndedOrder): void {
  events.orderExpired(log, factsOf(order));
}

export function reportLapsed(log: Log, order: EndedOrder): void {
  const reason = 'the executor that sent it went silent';
  events.orderIndeterminate(log, { ...factsOf(order), reason });
}
