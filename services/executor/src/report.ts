import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import * as events from '@orderlane/runtime/events';
import type { Log } from '@orderlane/runtime/log';
import type { CallResult } from './execute-order.ts';

interface ReportedOutcome {
  accountId: AccountId;
  order: OrderToSend;
  attempt: number;
  result: CallResult;
  retryInMs: number;
}

function factsOf(order: OrderToSend, args: { accountId: AccountId; attempt: number }) {
  const { strategyName, lane, role, action, exchange, symbol, product, quantity } = order;
  const facts = { strategy: strategyName, lane, role, action, exchange, symbol, product, quantity };
  return { ...facts, ...args, orderId: order.id, signalId: order.signalId };
}

/** Says in the log what one attempt came to. */
export function reportOutcome(log: Log, args: ReportedOutcome): void {
  const { accountId, order, attempt, result, retryInMs } = args;
  const { outcome } = result;
  const facts = factsOf(order, { accountId, attempt });
  switch (outcome.kind) {
    case 'accepted': {
      const { brokerOrderId, mode } = outcome;
      const tookMs = (result.sentAgoMs ?? 0) - (result.answeredAgoMs ?? 0);
      events.orderAccepted(log, { ...facts, brokerOrderId, mode, tookMs });
      break;
    }
    case 'rejected':
      events.orderRejected(log, { ...facts, reason: outcome.reason });
      break;
    case 'no_action':
      events.orderNoAction(log, { ...facts, reason: outcome.reason });
      break;
    case 'awaiting_approval':
      events.orderAwaitingApproval(log, facts);
      break;
    case 'not_sent': {
      const { cause, reason } = outcome;
      events.orderNotSent(log, { ...facts, cause, reason, retryInMs });
      break;
    }
    case 'indeterminate':
      events.orderIndeterminate(log, { ...facts, reason: outcome.reason });
      break;
  }
}

/** Says that the request is about to be written: from here on it may reach the broker. */
export function reportSent(
  log: Log,
  order: OrderToSend,
  args: { accountId: AccountId; attempt: number },
): void {
  events.orderSent(log, factsOf(order, args));
}

export function reportGivenBack(
  log: Log,
  order: OrderToSend,
  args: { accountId: AccountId; attempt: number },
): void {
  const reason = 'it was claimed, and no call was made in time';
  events.orderGivenBack(log, { ...factsOf(order, args), reason });
}

export function reportServed(log: Log, lane: Lane, accountId: AccountId): void {
  events.laneServed(log, { lane: `${lane}.${accountId}`, accountId });
}

export function reportLeft(log: Log, lane: Lane, accountId: AccountId): void {
  events.laneLeft(log, { lane: `${lane}.${accountId}`, accountId });
}
