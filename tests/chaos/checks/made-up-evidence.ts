import type { CallFact, Evidence, OrderFact } from '../evidence/evidence.ts';
import { fingerprintOf } from '../evidence/fingerprint.ts';

/** Evidence of a run in which nothing happened, to plant things in. */
export function makeEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    ...{ orders: [], events: [], executions: [], brokerOrders: [], alerts: [], asked: [] },
    ...{ squareOffs: [], corrections: [], positions: [] },
    ...{ closings: [], trades: [], wishes: [], calls: [], witnessed: [], faults: [], notes: [] },
    limits: { ordersPerSecond: 10, smartOrdersPerSecond: 1 },
    ...changes,
  };
}

/** An entry that was called once and filled. */
export function makeOrder(changes: Partial<OrderFact> & { id: string }): OrderFact {
  return {
    ...{ signalId: 'signal', nonce: changes.id, accountId: 1, strategyName: 'demo' },
    ...{ strategyInstrumentId: 1, seq: 1, role: 'entry', lane: 'regular' },
    ...{ wishSeq: changes.seq ?? 1, closingId: null },
    ...{ exchange: 'NSE', symbol: 'SBIN', product: 'MIS', action: 'BUY', quantity: 10 },
    ...{ targetPosition: null, status: 'filled', code: null, reason: null, attempt: 1 },
    ...{ brokerOrderId: null, mode: 'live', storedAt: 0, expiresAt: 60_000 },
    ...changes,
  };
}

/** The call of an order, executed as one order at the broker. */
export function makeCall(order: OrderFact, changes: Partial<CallFact> = {}): CallFact {
  const endpoint = order.lane === 'smart' ? 'placesmartorder' : 'placeorder';
  const positionSize = order.targetPosition ?? undefined;
  return {
    ...{ orderId: order.id, attempt: 1, account: 'one', endpoint, arrivedAt: 0 },
    fingerprint: fingerprintOf({ ...order, endpoint, positionSize }),
    ...{ executed: [`broker ${order.id}`], faults: [], answer: '200', end: 'answered' },
    ...changes,
  };
}
