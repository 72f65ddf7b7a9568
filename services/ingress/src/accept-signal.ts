import { createHash } from 'node:crypto';
import type { DatabaseClock } from '@orderlane/db/database-clock';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { findSignal, toRefusedSymbols } from '@orderlane/db/signals';
import {
  type PlanToStore,
  type SignalToStore,
  type StoreSignalResult,
  storeSignal,
} from '@orderlane/db/store-signal';
import type { WebhookTarget } from '@orderlane/db/webhook-target';
import { brandIds, type SignalId, type WebhookId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { refuse } from '@orderlane/domain/refusal';
import { verdictOf } from '@orderlane/domain/verdict';
import { type Answer, duplicateAnswer, refusalAnswer, storedAnswer } from './answer.ts';
import type { MsLeft } from './answer-in-time.ts';
import { type DecidedSignal, decideSignal, refusedWhole } from './decide-signal.ts';
import type { RateVerdict, WebhookRateLimit } from './rate-limit.ts';
import type { ReadBody } from './read-body.ts';
import type { StrategyCache } from './strategy-cache.ts';

export interface WebhookCall {
  webhookId: WebhookId;
  path: string;
  sourceAddress: string | null;
  contentType: string | null;
  idempotencyKey: string | null;
  body: ReadBody;
  /** How the call stands to its webhook's rate limit. */
  rate: RateVerdict;
  /** When it was taken up, on the clock of `waitedTooLong` (ms). */
  takenAt: number;
  msLeft: MsLeft;
}

export interface AcceptSignalDeps {
  db: Db;
  targets: StrategyCache;
  databaseClock: DatabaseClock;
  exitRateLimit: WebhookRateLimit;
  now(): Temporal.ZonedDateTime;
  /** Its moment is over: its sender gave it up, and may have sent it again. */
  waitedTooLong(takenAt: number): boolean;
  newId(): string;
  entryMaxAgeMs: number;
  intervalMs(target: WebhookTarget): Record<Lane, number>;
  /** After the commit: wakes the lanes. Never fails, never delays the answer. */
  enqueue(orders: DueOrder[], voided: Stored['superseded']): void;
  onStored(stored: StoredCall): void;
}

type Stored = Extract<StoreSignalResult, { kind: 'stored' }>;

/** For what is said about a signal after it was stored. */
export interface StoredCall {
  target: WebhookTarget;
  decided: DecidedSignal;
  signalId: SignalId;
  plans: readonly PlanToStore[];
  stored: Stored;
  rate: RateVerdict;
}

/** The strategy may change while its signal is decided; more often than this it does not. */
const maxDecisions = 5;

/**
 * Decides a webhook for the strategy as it stands and stores it with its orders; the answer counts
 * from the commit on.
 * @throws when Postgres is away: then nothing was stored, or the resend is found to be a duplicate.
 */
export async function acceptSignal(deps: AcceptSignalDeps, call: WebhookCall): Promise<Answer> {
  for (let decision = 0; decision < maxDecisions; decision++) {
    const target = await deps.targets.get(call.webhookId);
    if (target === undefined) return refusalAnswer(refuse('unknown_webhook'));
    const decided = await withinRate(deps, { call, decided: decide(deps, { target, call }) });
    if (decided === undefined) return rateLimitedAnswer(call.rate);
    const answer = await storeDecided(deps, { target, call, decided });
    if (answer !== undefined) return answer;
    deps.targets.forget(call.webhookId);
  }
  return refusalAnswer(refuse('store_unavailable'));
}

function decide(
  deps: AcceptSignalDeps,
  args: { target: WebhookTarget; call: WebhookCall },
): DecidedSignal {
  const { body, idempotencyKey } = args.call;
  if (!body.ok) return refusedWhole(body.refusal);
  const { entryMaxAgeMs } = deps;
  return decideSignal(args.target, {
    body: body.bytes,
    idempotencyKey,
    entryMaxAgeMs,
    now: deps.now(),
  });
}

/**
 * Over the limit only exits pass, on an allowance of their own. The first refusal of a period is
 * stored (a rate_limited decision), the others are not (undefined).
 */
async function withinRate(
  deps: AcceptSignalDeps,
  args: { call: WebhookCall; decided: DecidedSignal },
): Promise<DecidedSignal | undefined> {
  const { call, decided } = args;
  if (call.rate.level === 'within') return decided;
  const isExit = decided.plans.length > 0 && decided.plans.every(({ role }) => role === 'exit');
  if (isExit && (await deps.exitRateLimit.count(call.webhookId)).level === 'within') return decided;
  return call.rate.isFirstOver ? refusedWhole(refuse('rate_limited')) : undefined;
}

/** 429 with the time after which a call is let through again. */
export function rateLimitedAnswer(rate: RateVerdict): Answer {
  const headers = { 'retry-after': String(rate.retryAfterS) };
  return { ...refusalAnswer(refuse('rate_limited')), headers };
}

/** Undefined when the strategy has moved on since the decision. */
async function storeDecided(
  deps: AcceptSignalDeps,
  args: { target: WebhookTarget; call: WebhookCall; decided: DecidedSignal },
): Promise<Answer | undefined> {
  const { target, call } = args;
  const { decided, signal, stored } = await storeInTime(deps, args);
  if (stored.kind === 'too_late') return refusalAnswer(refuse('store_unavailable'));
  if (stored.kind === 'moved_on') return undefined;
  const { plans } = signal;
  const queued = plans.filter((_plan, index) => stored.results[index]?.result === 'queued');
  deps.enqueue(
    queued.map((each) => dueOrder(signal, each)),
    stored.superseded,
  );
  deps.onStored({ target, decided, signalId: signal.id, plans, stored, rate: call.rate });
  return await answerFor(deps, { target, call, decided, signal, stored });
}

/** With a connection in hand nothing is waited for any more before the statement leaves. */
async function storeInTime(
  deps: AcceptSignalDeps,
  args: { target: WebhookTarget; call: WebhookCall; decided: DecidedSignal },
) {
  const storeBeforeMs = (await deps.databaseClock()) + args.call.msLeft();
  return await deps.db.connection().execute(async (db) => {
    const isLate = deps.waitedTooLong(args.call.takenAt);
    const decided = isLate ? refusedWhole(refuse('waited_too_long')) : args.decided;
    const plans = decided.plans.map((plan) => planToStore(deps, plan));
    const signal = signalToStore(deps, { ...args, decided, plans });
    return {
      decided,
      signal,
      stored: await storeSignal(db, { ...signal, ...(!isLate && { storeBeforeMs }) }),
    };
  });
}

async function answerFor(
  deps: AcceptSignalDeps,
  args: {
    target: WebhookTarget;
    call: WebhookCall;
    decided: DecidedSignal;
    signal: SignalToStore;
    stored: Stored;
  },
): Promise<Answer> {
  const { call, decided, signal, stored } = args;
  const intervalMs = deps.intervalMs(args.target);
  if (decided.refusals[0]?.code === 'rate_limited') return rateLimitedAnswer(call.rate);
  if (stored.duplicateOf !== null) {
    const first = await findSignal(deps.db, stored.duplicateOf);
    if (first !== undefined) return duplicateAnswer(first, intervalMs);
  }
  const { id: signalId, plans } = signal;
  return storedAnswer({ signalId, plans, refusals: decided.refusals, stored, intervalMs });
}

function planToStore(deps: AcceptSignalDeps, plan: OrderPlan): PlanToStore {
  const contentHash = createHash('sha256').update(plan.sameness.content).digest('hex');
  return { id: brandIds.order(deps.newId()), plan, contentHash };
}

function dueOrder(signal: SignalToStore, { id, plan }: PlanToStore): DueOrder {
  if (signal.accountId === null) throw new Error('An order needs an account');
  return { id, accountId: signal.accountId, lane: plan.lane, priority: plan.priority };
}

/** With the answer that is given should the store queue none of the plans. */
function verdictToStore({
  plans,
  refusals,
}: DecidedSignal): Pick<SignalToStore, 'verdict' | 'code' | 'httpStatus'> {
  const late = plans.length > 0 ? [refuse('max_orders_per_day')] : [];
  const verdict = verdictOf({ plans: [], refusals: [...refusals, ...late] });
  if (verdict.status === 'success') {
    return { verdict: 'nothing_to_do', code: refusals[0]?.code ?? null, httpStatus: 200 };
  }
  const { code, httpStatus } = verdict;
  return { verdict: plans.length > 0 ? 'queued' : 'refused', code, httpStatus };
}

function signalToStore(
  deps: AcceptSignalDeps,
  args: {
    target: WebhookTarget;
    call: WebhookCall;
    decided: DecidedSignal;
    plans: readonly PlanToStore[];
  },
): SignalToStore {
  const { target, call, decided, plans } = args;
  const { strategy } = target;
  const { path, sourceAddress, contentType, idempotencyKey } = call;
  return {
    ...{ path, sourceAddress, contentType, idempotencyKey, plans },
    body: call.body.ok ? call.body.bytes : Buffer.alloc(0),
    id: brandIds.signal(deps.newId()),
    strategyId: strategy.id,
    strategyVersion: strategy.version,
    strategyName: strategy.name,
    accountId: strategy.accountId,
    ...verdictToStore(decided),
    refused: toRefusedSymbols(decided.refusals),
    notes: decided.notes.map(({ text }) => text),
    duplicateWindowMs: strategy.duplicateWindowMs,
    maxOrdersPerDay: strategy.maxOrdersPerDay,
    intervalMs: deps.intervalMs(target),
  };
}
