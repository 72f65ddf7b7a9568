import { refuse } from '@orderlane/domain/refusal';
import type { RateLimit, RateVerdict } from '@orderlane/queue/rate-limit';
import { type DecidedSignal, refusedWhole } from './decide-signal.ts';
import type { WebhookCall } from './webhook-call.ts';

export interface RateGateDeps {
  exitRateLimit: RateLimit;
}

/** A decision that may be stored; undefined: the call is over the limit, and that was told already. */
export type RateGate = (decided: DecidedSignal) => Promise<DecidedSignal | undefined>;

/**
 * Over the limit only exits pass, on an allowance of their own, which a call uses once however often
 * it is decided. The first refusal of a period is stored (a rate_limited decision), the others are not.
 */
export function createRateGate(
  { exitRateLimit }: RateGateDeps,
  { rate, webhookId }: Pick<WebhookCall, 'rate' | 'webhookId'>,
): RateGate {
  let counted: Promise<RateVerdict> | undefined;
  return async (decided) => {
    if (rate.level === 'within') return decided;
    const isExit = decided.plans.length > 0 && decided.plans.every(({ role }) => role === 'exit');
    if (isExit) counted ??= exitRateLimit.count(webhookId);
    if (isExit && (await counted)?.level === 'within') return decided;
    return rate.isFirstOver ? refusedWhole(refuse('rate_limited')) : undefined;
  };
}
