import { createHash } from 'node:crypto';
import { toRefusedSymbols } from '@orderlane/db/signals';
import type { PlanToStore, SignalToStore } from '@orderlane/db/store-signal';
import type { WebhookTarget } from '@orderlane/db/webhook-target';
import { type Held, nothingHeld } from '@orderlane/domain/held';
import { brandIds } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { heldKey } from '@orderlane/domain/place';
import { refuse } from '@orderlane/domain/refusal';
import { verdictOf } from '@orderlane/domain/verdict';
import type { DecidedSignal } from './decide-signal.ts';
import type { WebhookCall } from './webhook-call.ts';

export interface SignalToStoreDeps {
  newId(): string;
  intervalMs(target: WebhookTarget): Record<Lane, number>;
}

/** What a strategy holds, by `heldKey`. */
export type HeldNow = ReadonlyMap<string, Held>;

/** A signal with the decision about it, and all that the decision was made from. */
export interface SignalDecided {
  target: WebhookTarget;
  call: WebhookCall;
  decided: DecidedSignal;
  held: HeldNow;
}

/** The decision as the store takes it: with ids, hashes, and what it was made from. */
export function signalToStore(deps: SignalToStoreDeps, args: SignalDecided): SignalToStore {
  const { target, call, decided, held } = args;
  const { strategy } = target;
  const { path, contentType, idempotencyKey, sender, note } = call;
  return {
    ...{ path, contentType, idempotencyKey },
    sourceAddress: sender?.sourceAddress ?? null,
    plans: decided.plans.map((plan) => planToStore(deps, plan)),
    body: call.body.ok ? call.body.bytes : Buffer.alloc(0),
    id: brandIds.signal(deps.newId()),
    strategyId: strategy.id,
    strategyVersion: strategy.version,
    strategyName: strategy.name,
    accountId: strategy.accountId,
    ...verdictToStore(decided),
    held: decided.places.map((place) => ({
      ...place,
      ...(strategy.onceADay && { enteredToday: false }),
      ...(held.get(heldKey(strategy, place)) ?? nothingHeld),
    })),
    repeats: (decided.repeats ?? []).map((repeat) => ({
      ...repeat,
      contentHash: hashOf(repeat.sameness.content),
    })),
    refused: toRefusedSymbols(decided.refusals),
    notes: [...(note === undefined ? [] : [note]), ...decided.notes.map(({ text }) => text)],
    duplicateWindowMs: strategy.duplicateWindowMs,
    maxOrdersPerDay: strategy.maxOrdersPerDay,
    intervalMs: deps.intervalMs(target),
  };
}

function planToStore(deps: SignalToStoreDeps, plan: OrderPlan): PlanToStore {
  return { id: brandIds.order(deps.newId()), plan, contentHash: hashOf(plan.sameness.content) };
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
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
