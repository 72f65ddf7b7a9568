import type { EndedOrder } from '@orderlane/db/ended-orders';
import type { FollowedOrder } from '@orderlane/db/follow-orders';
import type { RestoreRow } from '@orderlane/db/restores';
import type { OrderToSettle } from '@orderlane/db/settle-orders';
import type { Followed } from '@orderlane/domain/follow-order';
import * as events from '@orderlane/runtime/events';
import type { Log } from '@orderlane/runtime/log';
import type { EndedClosing } from './carry-out-closing.ts';
import type { SettledOrder } from './settle-orders.ts';

function factsOf(order: EndedOrder | FollowedOrder | OrderToSettle): events.OrderFacts {
  const { id, strategyName, accountId, lane, role, action, attempt, quantity } = order;
  const { exchange, symbol, product, signalId } = order;
  const instrument = { exchange, symbol, product };
  const facts = { accountId, lane, role, action, attempt, quantity, ...instrument };
  return { ...facts, orderId: id, signalId, strategy: strategyName };
}

export function reportExpired(log: Log, order: EndedOrder): void {
  events.orderExpired(log, factsOf(order));
}

export function reportLapsed(log: Log, order: EndedOrder): void {
  const reason = 'the executor that sent it went silent';
  events.orderIndeterminate(log, { ...factsOf(order), reason });
}

/** Says in the log what the books showed of an accepted order; a part fill is no event. */
export function reportFollowed(
  log: Log,
  { order, followed }: { order: FollowedOrder; followed: Followed },
): void {
  if (order.status !== 'accepted') return;
  const { quantity: filledQuantity, status, reason } = followed;
  const facts = { ...factsOf(order), filledQuantity };
  switch (status) {
    case 'filled':
      events.orderFilled(log, { ...facts, brokerOrderId: order.brokerOrderId });
      break;
    case 'cancelled':
      events.orderCancelled(log, facts);
      break;
    case 'rejected':
      events.orderRejected(log, { ...facts, reason: reason ?? 'no reason given' });
      break;
    case 'accepted':
      break;
  }
}

/** Says in the log what a clean read settled. */
export function reportSettled(log: Log, { order, settlement }: SettledOrder): void {
  const status = settlement.kind === 'found' ? `accepted as ${settlement.brokerOrderId}` : 'absent';
  events.orderSettled(log, { ...factsOf(order), status, by: 'the order book' });
}

/** Says in the log how a closing ended. */
export function reportClosing(log: Log, { closing, status, detail }: EndedClosing): void {
  const { id: closingId, strategyName: strategy, instrument } = closing;
  events.closingEnded(log, { closingId, strategy, ...instrument, status, detail });
}

export function reportRestored(log: Log, { id: restoreId, backup_at }: RestoreRow): void {
  events.databaseRestored(log, { restoreId, backupAt: backup_at?.toISOString() ?? null });
}
