import { refusalCodes } from '@orderlane/domain/refusal';
import type { Metrics } from '@orderlane/runtime/metrics';
import type { StoredCall } from '@orderlane/signals/accept-signal';
import type { Answer } from '@orderlane/signals/answer';
import { mainRefusal } from '@orderlane/signals/tell';

export interface IngressMetrics {
  /** A webhook call was answered, so long after it came. */
  answered(answer: Pick<Answer, 'httpStatus' | 'body'>, tookMs: number): void;
  /** A signal was stored, so long after its webhook came. */
  stored(call: StoredCall, tookMs: number): void;
  /** The jobs of a stored signal are on their lanes, so long after its commit. */
  queued(tookMs: number): void;
}

// TradingView gives up after 3 s; the answer comes within 2.5.
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What the ingress counts, where it happens. */
export function createIngressMetrics(metrics: Metrics): IngressMetrics {
  const webhooks = metrics.histogram({
    name: 'orderlane_webhook_answer_seconds',
    help: 'From the arrival of a webhook call to its answer',
    labels: ['http_status'],
    buckets,
    known: ['200', '500', '503'].map((http_status) => ({ http_status })),
  });
  const unstored = metrics.counter({
    name: 'orderlane_webhooks_unstored_total',
    help: 'Webhook calls that were refused before they were a stored signal, by reason code',
    labels: ['code'],
    known: [{ code: 'store_unavailable' }, { code: 'rate_limited' }, { code: 'internal_error' }],
  });
  const signals = metrics.counter({
    name: 'orderlane_signals_total',
    help: 'Stored signals by verdict, refused ones by their main reason code',
    labels: ['verdict', 'code'],
    known: [
      { verdict: 'queued', code: 'none' },
      { verdict: 'duplicate', code: 'duplicate_signal' },
      { verdict: 'refused', code: 'rate_limited' },
    ],
  });
  const stages = metrics.histogram({
    name: 'orderlane_signal_stage_seconds',
    help: 'How long a signal took from one stage to the next: received, stored, queued',
    labels: ['stage'],
    buckets,
  });
  return {
    answered({ httpStatus, body }, tookMs) {
      webhooks({ http_status: String(httpStatus) }, tookMs);
      const { code } = body;
      const isUnstored = body['signal_id'] === undefined && httpStatus !== 200;
      if (isUnstored) unstored({ code: isKnownCode(code) ? code : 'internal_error' });
    },
    stored(call, tookMs) {
      const { verdict } = call.stored;
      stages({ stage: 'received_to_stored' }, tookMs);
      signals({ verdict, code: codeOf(call) });
    },
    queued: (tookMs) => stages({ stage: 'stored_to_queued' }, tookMs),
  };
}

function codeOf(call: StoredCall): string {
  const { verdict } = call.stored;
  if (verdict === 'queued') return 'none';
  return verdict === 'duplicate' ? 'duplicate_signal' : (mainRefusal(call)?.code ?? 'none');
}

function isKnownCode(code: unknown): code is string {
  return typeof code === 'string' && Object.hasOwn(refusalCodes, code);
}
