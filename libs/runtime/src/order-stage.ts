import type { Metrics } from './metrics.ts';

/** The stages of an order after it was queued; the executor and the scheduler see some each. */
export type OrderStage =
  | 'queued_to_claimed'
  | 'claimed_to_sent'
  | 'sent_to_answered'
  | 'answered_to_settled';

const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 1800];

/** Records how long orders took from one stage to the next (ms; null: not known). */
export function orderStage(
  metrics: Metrics,
): (labels: { stage: OrderStage; role: string }, durationMs: number | null) => void {
  return metrics.histogram({
    name: 'orderlane_order_stage_seconds',
    help: 'How long an order took from one stage to the next: queued, claimed, sent, answered, settled',
    labels: ['stage', 'role'],
    buckets,
  });
}
