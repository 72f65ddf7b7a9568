import type { Metrics } from '@orderlane/runtime/metrics';
import { orderStage } from '@orderlane/runtime/order-stage';
import type { FollowedBook } from '../follow-book.ts';
import type { SettledOrder } from '../settle-orders.ts';

export interface SettledMetrics {
  /** The books moved an accepted order. */
  moved(moved: FollowedBook['moved'][number]): void;
  /** The order book told what became of an order of unknown fate. */
  settled(settled: SettledOrder): void;
}

const ends = ['filled', 'cancelled', 'rejected', 'found', 'absent'] as const;

/** What is counted of orders whose end the books told. */
export function createSettledMetrics(metrics: Metrics): SettledMetrics {
  const stages = orderStage(metrics);
  const settledOrders = metrics.counter({
    name: 'orderlane_orders_settled_total',
    help: 'Orders whose end, or existence, the books of OpenAlgo told',
    labels: ['end'],
    known: ends.map((end) => ({ end })),
  });
  return {
    moved({ order, followed }) {
      // What fills late belongs to an order that was counted when it ended.
      if (order.status !== 'accepted' || followed.status === 'accepted') return;
      settledOrders({ end: followed.status });
      stages({ stage: 'answered_to_settled', role: order.role }, order.calledAgoMs);
    },
    settled({ order, settlement }) {
      settledOrders({ end: settlement.kind === 'found' ? 'found' : 'absent' });
      stages({ stage: 'answered_to_settled', role: order.role }, order.calledAgoMs);
    },
  };
}
