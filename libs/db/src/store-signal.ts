import type { Repeat } from '@orderlane/domain/decision';
import type { Held } from '@orderlane/domain/held';
import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import type { Place } from '@orderlane/domain/place';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

/** A plan with what the store needs to tell a repetition of it. */
export interface PlanToStore {
  id: OrderId;
  plan: OrderPlan;
  /** SHA-256 of the plan's `sameness.content`, in hex. */
  contentHash: string;
}

/** A symbol that was refused for what is held. */
export type RepeatToStore = Repeat & Pick<PlanToStore, 'contentHash'>;

/** What a strategy holds in one instrument, in its account's present mode. */
export type HeldInstrument = Place & Held;

/**
 * A signal, decided from the strategy as it was at `strategyVersion`, holding what `held` says where it
 * may be ordered: account by account.
 */
export interface SignalToStore {
  id: SignalId;
  strategyId: StrategyId;
  strategyVersion: number;
  strategyName: string;
  /** Null when the owner has no account: then there are no plans. */
  accountId: AccountId | null;
  path: string;
  sourceAddress: string | null;
  contentType: string | null;
  body: Buffer;
  idempotencyKey: string | null;
  verdict: 'queued' | 'nothing_to_do' | 'refused';
  /** What is answered if nothing is queued: for plans that are over the day's limit, too. */
  code: RefusalCode | null;
  httpStatus: number;
  refused: readonly unknown[];
  notes: readonly string[];
  plans: readonly PlanToStore[];
  held: readonly HeldInstrument[];
  /** Looked up where nothing is queued: then the answer is the first signal's. */
  repeats: readonly RepeatToStore[];
  duplicateWindowMs: number;
  maxOrdersPerDay: number;
  /** Time of the database after which nothing is stored any more (ms since 1970); none: no limit. */
  storeBeforeMs?: number;
  /** Time between two calls of each lane of the account (ms): an entry's age grows by its backlog. */
  intervalMs: Record<Lane, number>;
}

/** What became of one plan; `symbol` as the sender wrote it, trimmed and upper-cased. */
export type PlanResult = { symbol: string } & (
  | { result: 'queued'; constantKey: boolean }
  | { result: 'duplicate'; firstSignalId: SignalId }
  | { result: 'refused'; code: RefusalCode }
);

export type StoreSignalResult =
  /** The strategy changed since the decision: nothing was written, decide again. */
  | { kind: 'moved_on' }
  /** It holds something else than the decision was made from: nothing was written, decide again. */
  | { kind: 'held_moved'; held: HeldInstrument[] }
  /** It was too late to store anything: nothing was written. */
  | { kind: 'too_late' }
  | {
      kind: 'stored';
      verdict: 'queued' | 'nothing_to_do' | 'refused' | 'duplicate';
      /** One for each plan, in their order. */
      results: PlanResult[];
      /** Orders queued on each lane that was used, these included. */
      ahead: Partial<Record<Lane, number>>;
      /** Older unsent entries that these orders made void: their jobs may be removed. */
      superseded: { id: OrderId; accountId: AccountId; lane: Lane }[];
      duplicateOf: SignalId | null;
    };

function samenessJson({ key }: OrderPlan['sameness'], contentHash: string) {
  return {
    content_hash: contentHash,
    key: key?.value ?? null,
    key_action: key?.action ?? null,
    key_position: key?.position ?? null,
  };
}

function repeatJson({ instrument, accountId, sameness, contentHash }: RepeatToStore) {
  const { exchange, symbol, product } = instrument;
  return { accountId, exchange, symbol, product, ...samenessJson(sameness, contentHash) };
}

function planJson({ id, plan, contentHash }: PlanToStore) {
  return {
    id,
    signal_symbol: plan.signalSymbol,
    accountId: plan.accountId,
    ...plan.instrument,
    role: plan.role,
    lane: plan.lane,
    priority: plan.priority,
    action: plan.action,
    quantity: plan.quantity,
    target_position: plan.targetPosition,
    own_target: plan.ownTarget,
    expires_in_ms: plan.expiresInMs,
    latest_expires_in_ms: plan.latestExpiresInMs,
    not_before_in_ms: plan.notBeforeMs,
    ...samenessJson(plan.sameness, contentHash),
  };
}

/** Field by field as `held_at` says it: the two are compared as they are. */
function heldJson(held: HeldInstrument) {
  const { accountId, exchange, symbol, product, own, coming, entries, enteredToday } = held;
  return {
    ...{ accountId, exchange, symbol, product, own, coming, entries },
    ...(enteredToday !== undefined && { enteredToday }),
  };
}

function signalJson(signal: SignalToStore) {
  return {
    id: signal.id,
    strategy_id: signal.strategyId,
    strategy_version: signal.strategyVersion,
    strategy_name: signal.strategyName,
    account_id: signal.accountId,
    path: signal.path,
    source_address: signal.sourceAddress,
    content_type: signal.contentType,
    body: signal.body.toString('base64'),
    idempotency_key: signal.idempotencyKey,
    verdict: signal.verdict,
    code: signal.code,
    http_status: signal.httpStatus,
    refused: signal.refused,
    notes: signal.notes,
    duplicate_window_ms: signal.duplicateWindowMs,
    max_orders_per_day: signal.maxOrdersPerDay,
    interval_ms: signal.intervalMs,
    store_before_ms: signal.storeBeforeMs ?? null,
    held: signal.held.map(heldJson),
    repeats: signal.repeats.map(repeatJson),
    plans: signal.plans.map(planJson),
  };
}

/** Somebody else holds what it needs: nothing was written, store it again and wait. */
export interface Busy {
  kind: 'busy';
}

/**
 * Stores signals, each with its verdict and its orders or not at all, in one transaction. Orders are
 * numbered under the lock of each instrument, which may occur in one of the signals only; duplicates
 * are found under it, so that two replicas cannot both accept. Unless it waits, a signal of what
 * somebody else holds is `busy`.
 * @returns what became of each, in their order
 * @throws when Postgres is away or refuses: then none was stored.
 */
export async function storeSignals(
  db: Db,
  signals: readonly SignalToStore[],
  { waits }: { waits: boolean },
): Promise<(StoreSignalResult | Busy)[]> {
  const { rows } = await sql<{ stored: (StoreSignalResult | Busy)[] }>`
    select store_signals(${jsonParameter(signals.map(signalJson))}::jsonb, ${waits}) as stored`.execute(
    db,
  );
  const stored = rows[0]?.stored;
  if (stored?.length !== signals.length) throw new Error('store_signals left a signal out');
  return stored;
}

/** Stores one signal, and waits for whoever holds what it needs. @throws as `storeSignals` */
export async function storeSignal(db: Db, signal: SignalToStore): Promise<StoreSignalResult> {
  const [stored] = await storeSignals(db, [signal], { waits: true });
  if (stored === undefined || stored.kind === 'busy')
    throw new Error('A signal was not waited for');
  return stored;
}
