import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import { lanes } from '@orderlane/domain/lane';
import type { Outcome } from '@orderlane/domain/outcome';
import type { Metrics } from '@orderlane/runtime/metrics';
import { orderStage } from '@orderlane/runtime/order-stage';
import type { CallResult } from './execute-order.ts';

type Counted = Pick<OrderToSend, 'role' | 'lane'>;

export interface ExecutorMetrics {
  /** An order was claimed for the first time, so long after it could be (ms). */
  claimed(order: Counted, waitedMs: number): void;
  /** Its request begins to be written, so long after the claim (ms). */
  sent(order: Counted, args: { accountId: AccountId; sinceClaimMs: number }): void;
  /** What an attempt came to. */
  settled(order: Counted, result: CallResult): void;
  /** A claim led to no call in time. */
  givenBack(order: Counted): void;
}

const outcomes: Outcome['kind'][] = [
  'accepted',
  'rejected',
  'no_action',
  'awaiting_approval',
  'not_sent',
  'indeterminate',
];
const roles = ['entry', 'exit'] as const;

/** What an executor counts, where it happens. */
export function createExecutorMetrics(metrics: Metrics): ExecutorMetrics {
  const stages = orderStage(metrics);
  const calls = metrics.counter({
    name: 'orderlane_calls_total',
    help: 'Order calls to OpenAlgo that were begun, by account and lane',
    labels: ['account', 'lane'],
  });
  const attempts = metrics.counter({
    name: 'orderlane_attempts_total',
    help: 'Attempts to place an order, by what they came to',
    labels: ['outcome', 'role'],
    known: outcomes.flatMap((outcome) => roles.map((role) => ({ outcome, role }))),
  });
  const givenBack = metrics.counter({
    name: 'orderlane_orders_given_back_total',
    help: 'Claims that led to no call in time',
    labels: ['lane'],
    known: lanes.map((lane) => ({ lane })),
  });
  return {
    claimed: ({ role }, waitedMs) => stages({ stage: 'queued_to_claimed', role }, waitedMs),
    sent({ role, lane }, { accountId, sinceClaimMs }) {
      stages({ stage: 'claimed_to_sent', role }, sinceClaimMs);
      calls({ account: String(accountId), lane });
    },
    settled({ role }, { outcome, sentAgoMs, answeredAgoMs }) {
      attempts({ outcome: outcome.kind, role });
      const tookMs =
        sentAgoMs === null || answeredAgoMs === null ? null : sentAgoMs - answeredAgoMs;
      stages({ stage: 'sent_to_answered', role }, tookMs);
    },
    givenBack: ({ lane }) => givenBack({ lane }),
  };
}
