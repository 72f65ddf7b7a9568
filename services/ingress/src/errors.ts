import { isPostgresAway } from '@orderlane/db/postgres-away';
import { refuse } from '@orderlane/domain/refusal';
import { type Answer, refusalAnswer } from '@orderlane/signals/answer';

/**
 * The one place where a fault becomes an HTTP status. Both are 5xx, so that TradingView sends the
 * alert again; whether the first one was stored after all, the duplicate check knows.
 */
export function faultAnswer(error: unknown): Answer {
  return refusalAnswer(refuse(isPostgresAway(error) ? 'store_unavailable' : 'internal_error'));
}
