import type { StoredSignal } from '@orderlane/db/signals';
import type { PlanResult, PlanToStore, StoreSignalResult } from '@orderlane/db/store-signal';
import type { SignalId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import { verdictOf } from '@orderlane/domain/verdict';

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

/** What the store made of the plans that it did not queue. */
export function refusalOf(result: PlanResult, plan: PlanToStore): Refusal | undefined {
  const symbol = plan.plan.signalSymbol;
  if (result.result === 'duplicate') return refuse('duplicate_signal', { symbol });
  if (result.result === 'refused') return refuse('max_orders_per_day', { symbol });
  return undefined;
}

export function answerRefused(refusals: readonly Refusal[]) {
  return refusals.map(({ symbol, code, text }) => ({ symbol, code, error: text }));
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
  const refusals = [...args.refusals, ...lateRefusals(plans, stored.results)];
  const verdict = verdictOf({ plans: queued.map(({ plan }) => plan), refusals });
  const refused = answerRefused(refusals);
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

function lateRefusals(plans: readonly PlanToStore[], results: readonly PlanResult[]): Refusal[] {
  return plans.flatMap((plan, index) => {
    const result = results[index];
    const refusal = result === undefined ? undefined : refusalOf(result, plan);
    return refusal === undefined ? [] : [refusal];
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
    refused: first.answer.refused,
    drains_in_s: drainsInS(first.answer.ahead, intervalMs),
  });
  return { ...answer, body: { ...answer.body, duplicate: true } };
}
