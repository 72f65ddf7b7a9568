import { lateRefusals } from '@orderlane/db/late-refusals';
import { refusedOf, type StoredSignal, toRefusedSymbols } from '@orderlane/db/signals';
import type { PlanToStore, StoreSignalResult } from '@orderlane/db/store-signal';
import type { SignalId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import { verdictOf } from '@orderlane/domain/verdict';
import type { RateVerdict } from '@orderlane/queue/rate-limit';

/** What a sender is answered. */
export interface Answer {
  httpStatus: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

type Stored = Extract<StoreSignalResult, { kind: 'stored' }>;

interface AnsweredOrder {
  id: string;
  lane: Lane;
  symbol: string;
}

/** A refusal of the whole call, before or instead of the store. */
export function refusalAnswer(refusal: Refusal, signalId?: SignalId): Answer {
  const { code, text, httpStatus } = refusal;
  return {
    httpStatus,
    body: { status: 'error', code, error: text, ...(signalId && { signal_id: signalId }) },
  };
}

/** 429 with the time after which a call is let through again. */
export function rateLimitedAnswer({ retryAfterS }: Pick<RateVerdict, 'retryAfterS'>): Answer {
  const headers = { 'retry-after': String(retryAfterS) };
  return { ...refusalAnswer(refuse('rate_limited')), headers };
}

/** Whole seconds until the lanes have sent what is before the last of these orders. */
export function drainsInS(ahead: Stored['ahead'], intervalMs: Record<Lane, number>): number {
  const waits = Object.entries(ahead).map(
    ([lane, count]) => Math.max(0, count - 1) * intervalMs[lane as Lane],
  );
  return Math.ceil(Math.max(0, ...waits) / 1000);
}

/** The answer to a signal that was stored, by what became of each plan. */
export function storedAnswer(args: {
  signalId: SignalId;
  plans: readonly PlanToStore[];
  refusals: readonly Refusal[];
  stored: Stored;
  intervalMs: Record<Lane, number>;
}): Answer {
  const { signalId, plans, stored, intervalMs } = args;
  const queued = plans.filter((_plan, index) => stored.results[index]?.result === 'queued');
  const refusals = [...args.refusals, ...lateRefusals(stored.results)];
  const verdict = verdictOf({ plans: queued.map(({ plan }) => plan), refusals });
  const refused = toRefusedSymbols(refusals);
  if (verdict.status === 'error') {
    const { code, error, httpStatus } = verdict;
    const body = { status: 'error', code, error, signal_id: signalId, refused };
    return { httpStatus, body };
  }
  return success({
    message: verdict.message,
    signalId,
    orders: queued.map(({ id, plan }) => ({ id, lane: plan.lane, symbol: plan.instrument.symbol })),
    refused,
    drains_in_s: drainsInS(stored.ahead, intervalMs),
  });
}

function success(said: {
  message: string;
  signalId: SignalId;
  orders: AnsweredOrder[];
  refused: unknown[];
  drains_in_s: number;
}): Answer {
  const { message, signalId, ...rest } = said;
  return { httpStatus: 200, body: { status: 'success', message, signal_id: signalId, ...rest } };
}

/** The first answer again, marked and in words. */
export function duplicateAnswer(first: StoredSignal, intervalMs: Record<Lane, number>): Answer {
  const answer = success({
    message: refuse('duplicate_signal').text,
    signalId: first.signal.id,
    orders: first.orders.map(({ id, lane, symbol }) => ({ id, lane, symbol })),
    refused: refusedOf(first.answer),
    drains_in_s: drainsInS(first.answer.ahead, intervalMs),
  });
  return { ...answer, body: { ...answer.body, duplicate: true } };
}
