import type { OrderToSend } from '@orderlane/db/due-orders';
import { clientOrderId } from '@orderlane/domain/client-order-id';
import { orderPayload } from '@orderlane/domain/order-payload';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import type { CallResult } from './execute-order.ts';

/** Makes the one call of an attempt, and says what it came to in terms of elapsed time. */
export async function callOpenAlgo(
  client: OpenAlgoClient,
  args: { order: OrderToSend; attempt: number; sendBy: number; onWrite: () => void },
): Promise<CallResult> {
  const { order, attempt, sendBy, onWrite } = args;
  const { exchange, symbol, product, action, quantity, targetPosition, strategyName } = order;
  const payload = orderPayload({
    instrument: { exchange, symbol, product },
    action,
    quantity,
    targetPosition: order.lane === 'smart' ? targetPosition : null,
    strategyName,
    clientOrderId: order.takesClientOrderId ? clientOrderId(order.id, attempt) : null,
  });
  const placed = await client.placeOrder({
    orderHeader: `${order.id}/${attempt}`,
    sendBy,
    onWrite,
    ...('position_size' in payload ? { kind: 'smart', payload } : { kind: 'regular', payload }),
  });
  const agoMs = (at: Date | null) => (at === null ? null : Math.max(0, Date.now() - at.getTime()));
  return {
    outcome: placed.outcome,
    sentAgoMs: agoMs(placed.sentAt),
    answeredAgoMs: agoMs(placed.answeredAt),
    httpStatus: placed.httpStatus,
    answer: placed.answerText,
  };
}
