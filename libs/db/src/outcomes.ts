import type { AccountId, OrderId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Outcome } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

/** A queued order whose job is to be added to its lane. */
export interface DueOrder {
  id: OrderId;
  accountId: AccountId;
  lane: Lane;
  priority: number;
}

export interface AttemptOutcome {
  orderId: OrderId;
  attempt: number;
  outcome: Outcome;
  /** How long ago, on the executor's monotonic clock, the request was written; null: it was not (ms). */
  sentAgoMs: number | null;
  answeredAgoMs: number | null;
  httpStatus: number | null;
  /** OpenAlgo's answer, cut to what a person reads. */
  answer: string | null;
  /** Wait before the next attempt of an order that was surely not sent (ms). */
  retryInMs: number;
}

export interface RecordedOutcome {
  /** Null: the row had moved on and this answer no longer counts. */
  status: OrderStatus | null;
  /** Orders that waited for this one. */
  woken: DueOrder[];
  /** It was accepted in another mode than the account is believed to be in. */
  showsOtherMode: boolean;
}

function facts(outcome: Outcome) {
  switch (outcome.kind) {
    case 'accepted':
      return { broker_order_id: outcome.brokerOrderId, mode: outcome.mode };
    case 'rejected': {
      const { kind: code, brokerOrderId: broker_order_id, mode, reason } = outcome;
      return { broker_order_id, mode, code, reason };
    }
    case 'no_action':
      return { mode: outcome.mode, code: outcome.kind, reason: outcome.reason };
    case 'awaiting_approval':
      return { mode: outcome.mode, code: outcome.kind, reason: outcome.pendingOrderId };
    case 'not_sent':
      return { code: outcome.cause, reason: outcome.reason };
    case 'indeterminate':
      return { code: outcome.kind, reason: outcome.reason };
  }
}

/**
 * Writes what one attempt came to. The attempt's own answer wins over a lease that was thought
 * lost; it never touches an order that another attempt or a person has moved on.
 */
export async function recordOutcome(db: Db, attempt: AttemptOutcome): Promise<RecordedOutcome> {
  const parameters = {
    kind: attempt.outcome.kind,
    ...facts(attempt.outcome),
    sent_ago_ms: attempt.sentAgoMs,
    answered_ago_ms: attempt.answeredAgoMs,
    http_status: attempt.httpStatus,
    answer: attempt.answer,
    retry_in_ms: attempt.retryInMs,
  };
  const { rows } = await sql<{
    new_status: OrderStatus | null;
    woken: DueOrder[];
    shows_other_mode: boolean;
  }>`
    select new_status, woken, shows_other_mode from record_outcome(
      ${attempt.orderId}, ${attempt.attempt}, ${jsonParameter(parameters)}::jsonb)`.execute(db);
  const [row] = rows;
  return {
    status: row?.new_status ?? null,
    woken: row?.woken ?? [],
    showsOtherMode: row?.shows_other_mode ?? false,
  };
}
