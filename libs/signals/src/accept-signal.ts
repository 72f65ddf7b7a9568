import { readHeld } from '@orderlane/db/held';
import type { DueOrder } from '@orderlane/db/outcomes';
import { findSignal } from '@orderlane/db/signals';
import type { PlanToStore, SignalToStore, StoreSignalResult } from '@orderlane/db/store-signal';
import type { WebhookTarget } from '@orderlane/db/webhook-target';
import type { SignalId, WebhookId } from '@orderlane/domain/ids';
import { refuse } from '@orderlane/domain/refusal';
import type { RateVerdict } from '@orderlane/queue/rate-limit';
import {
  type Answer,
  duplicateAnswer,
  rateLimitedAnswer,
  refusalAnswer,
  storedAnswer,
} from './answer.ts';
import { refuseSender } from './check-sender.ts';
import { type DecidedSignal, decideSignal, refusedWhole } from './decide-signal.ts';
import type { Market } from './market.ts';
import { createRateGate, type RateGate, type RateGateDeps } from './rate-gate.ts';
import type { HeldNow } from './signal-to-store.ts';
import {
  heldByKey,
  type StoreDecidedDeps,
  type StoredDecided,
  storeLocked,
  storeTogether,
} from './store-decided.ts';
import type { WebhookCall } from './webhook-call.ts';

/** The strategies by webhook, as they were a moment ago. */
export interface Targets {
  /** Undefined when the id is unknown. */
  get(webhookId: WebhookId): Promise<WebhookTarget | undefined>;
  /** Forgets what was read, so that the next `get` reads anew. */
  forget(webhookId: WebhookId): void;
}

export interface AcceptSignalDeps extends RateGateDeps, StoreDecidedDeps {
  targets: Targets;
  /** @throws when Postgres is away */
  readMarket(): Promise<Market>;
  now(): Temporal.ZonedDateTime;
  entryMaxAgeMs: number;
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
  /** See `WebhookCall`. */
  takenAt: number;
}

/** The strategy may change while its signal is decided; more often than this it does not. */
const maxDecisions = 5;

/** Rounds that lock nothing before they decide: the first guesses what is held, the second was told. */
const optimisticRounds = 2;

/**
 * Decides a webhook for the strategy as it stands and stores it with its orders; the answer counts
 * from the commit on.
 * @throws when Postgres is away: then nothing was stored, or the resend is found to be a duplicate.
 */
export async function acceptSignal(deps: AcceptSignalDeps, call: WebhookCall): Promise<Answer> {
  const admit = createRateGate(deps, call);
  // Nothing held is the guess: the store compares, and says what is. Over the limit nothing but the
  // decision says whether the call passes, and what is held says whether it is an exit.
  let held: HeldNow | undefined = call.rate.level === 'within' ? new Map() : undefined;
  for (let round = 0; round < maxDecisions; round++) {
    const isLocking = round >= optimisticRounds;
    const done = await acceptOnce(deps, { call, held, isLocking, admit });
    if (!('heldNow' in done)) return done;
    held = done.heldNow ?? held;
    if (done.heldNow === undefined) deps.targets.forget(call.webhookId);
  }
  return refusalAnswer(refuse('store_unavailable'));
}

async function acceptOnce(
  deps: AcceptSignalDeps,
  args: { call: WebhookCall; held: HeldNow | undefined; isLocking: boolean; admit: RateGate },
): Promise<Answer | DecideAgain> {
  const { call, isLocking } = args;
  const target = await deps.targets.get(call.webhookId);
  if (target === undefined) return refusalAnswer(refuse('unknown_webhook'));
  const market = await deps.readMarket();
  const held = args.held ?? (await heldAtFirst(deps, { target, call, market }));
  const decided = await args.admit(decide(deps, { target, call, held, market }));
  if (decided === undefined) return rateLimitedAnswer(call.rate);
  const signal = { target, call, decided, held };
  const stored =
    isLocking && decided.places.length > 0
      ? await storeLocked(deps, signal, (now) =>
          decide(deps, { ...{ target, call, market }, held: now }),
        )
      : await storeTogether(deps, signal);
  if (stored === undefined) return refusalAnswer(refuse('store_unavailable'));
  return await answerStored(deps, { target, call, ...stored });
}

/** Nothing was stored: the strategy, or (given) what it holds, is not what was decided from. */
interface DecideAgain {
  heldNow: HeldNow | undefined;
}

function decide(
  deps: AcceptSignalDeps,
  args: { target: WebhookTarget; call: WebhookCall; held: HeldNow; market: Market },
): DecidedSignal {
  const { body, idempotencyKey } = args.call;
  const { sender } = args.call;
  const refusal = sender === null ? undefined : refuseSender(args.target.strategy, sender);
  if (refusal !== undefined) return refusedWhole(refusal);
  if (!body.ok) return refusedWhole(body.refusal);
  const { entryMaxAgeMs } = deps;
  return decideSignal(args.target, {
    body: body.bytes,
    idempotencyKey,
    entryMaxAgeMs,
    held: args.held,
    ...args.market,
    now: deps.now(),
  });
}

/** What is held where the signal is about, as it was a moment ago. */
async function heldAtFirst(
  deps: AcceptSignalDeps,
  args: { target: WebhookTarget; call: WebhookCall; market: Market },
): Promise<HeldNow> {
  const { strategy } = args.target;
  const { places } = decide(deps, { ...args, held: new Map() });
  return heldByKey(strategy, await readHeld(deps.db, { strategyId: strategy.id, places }));
}

async function answerStored(
  deps: AcceptSignalDeps,
  args: StoredDecided & { target: WebhookTarget; call: WebhookCall },
): Promise<Answer | DecideAgain> {
  const { target, call, decided, signal, stored } = args;
  if (stored.kind === 'too_late') return refusalAnswer(refuse('store_unavailable'));
  if (stored.kind === 'moved_on') return { heldNow: undefined };
  if (stored.kind === 'held_moved') {
    return { heldNow: heldByKey(target.strategy, stored.held) };
  }
  const { plans } = signal;
  const queued = plans.filter((_plan, index) => stored.results[index]?.result === 'queued');
  deps.enqueue(
    queued.map((each) => dueOrder(signal, each)),
    stored.superseded,
  );
  const { rate, takenAt } = call;
  deps.onStored({ target, decided, signalId: signal.id, plans, stored, rate, takenAt });
  return await answerFor(deps, { target, call, decided, signal, stored });
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

function dueOrder(signal: SignalToStore, { id, plan }: PlanToStore): DueOrder {
  const accountId = plan.accountId ?? signal.accountId;
  if (accountId === null) throw new Error('An order needs an account');
  return { id, accountId, lane: plan.lane, priority: plan.priority };
}
