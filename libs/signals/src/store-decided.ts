import type { DatabaseClock } from '@orderlane/db/database-clock';
import { lockHeld } from '@orderlane/db/held';
import type { Db } from '@orderlane/db/open-db';
import {
  type HeldInstrument,
  type SignalToStore,
  type StoreSignalResult,
  storeSignal,
} from '@orderlane/db/store-signal';
import { heldKey } from '@orderlane/domain/place';
import { refuse } from '@orderlane/domain/refusal';
import type { Strategy } from '@orderlane/domain/strategy';
import { type DecidedSignal, refusedWhole } from './decide-signal.ts';
import {
  type HeldNow,
  type SignalDecided,
  type SignalToStoreDeps,
  signalToStore,
} from './signal-to-store.ts';
import type { SignalStore } from './store-together.ts';

export interface StoreDecidedDeps extends SignalToStoreDeps {
  db: Db;
  /** One for the process. */
  signalStore: SignalStore;
  databaseClock: DatabaseClock;
  /** Its moment is over: its sender gave it up, and may have sent it again. */
  waitedTooLong(cameAfter: number): boolean;
}

/** A decision as it left for the store. */
interface LeavingSignal {
  decided: DecidedSignal;
  signal: SignalToStore;
}

/** What became of it. */
export interface StoredDecided extends LeavingSignal {
  stored: StoreSignalResult;
}

/**
 * Stores a decision together with others that come at the same time. Undefined: its time is over, nothing
 * was stored.
 * @throws when Postgres is away
 */
export async function storeTogether(
  deps: StoreDecidedDeps,
  args: SignalDecided,
): Promise<StoredDecided | undefined> {
  const { call, decided } = args;
  const { strategy } = args.target;
  const storeBeforeMs = (await deps.databaseClock()) + call.msLeft();
  let leaving: LeavingSignal | undefined;
  const done = await deps.signalStore.store({
    strategyId: strategy.id,
    keys: keysOf(strategy, decided),
    prepare() {
      leaving = prepare(deps, { ...args, storeBeforeMs });
      return leaving?.signal;
    },
  });
  return leaving && done && { ...leaving, ...done };
}

/**
 * Decides once more with what is held locked, and stores that: signals that come together take turns. Undefined:
 * its time is over, nothing was stored.
 * @throws when Postgres is away
 */
export async function storeLocked(
  deps: StoreDecidedDeps,
  args: SignalDecided,
  decideAgain: (held: HeldNow) => DecidedSignal,
): Promise<StoredDecided | undefined> {
  const storeBeforeMs = (await deps.databaseClock()) + args.call.msLeft();
  const { strategy } = args.target;
  const { places } = args.decided;
  return await deps.db.transaction().execute(async (db) => {
    const locked = await lockHeld(db, { strategyId: strategy.id, places });
    const held = heldByKey(strategy, locked);
    const decided = decideAgain(held);
    const leaving = prepare(deps, { ...args, held, decided, storeBeforeMs });
    if (leaving === undefined) return undefined;
    // What is locked is not compared again: only time changes it, by an order that grows too old in this very
    // moment, and where many do, one signal after the other would be decided anew until it is given up.
    const isLocked = (place: HeldInstrument) => held.has(heldKey(strategy, place));
    const compared = leaving.signal.held.filter((place) => !isLocked(place));
    const stored = await storeSignal(db, { ...leaving.signal, held: compared });
    return { ...leaving, stored };
  });
}

/** As it leaves at this moment; undefined: there is no time left for it. */
function prepare(
  deps: StoreDecidedDeps,
  args: SignalDecided & { storeBeforeMs: number },
): LeavingSignal | undefined {
  const isLate = deps.waitedTooLong(args.call.cameAfter);
  if (!isLate && args.call.msLeft() <= 0) return undefined;
  const decided = isLate ? refusedWhole(refuse('waited_too_long')) : args.decided;
  const signal = signalToStore(deps, { ...args, decided });
  const { storeBeforeMs } = args;
  return { decided, signal: { ...signal, ...(!isLate && { storeBeforeMs }) } };
}

/** Every place that a decision is about. */
function keysOf(strategy: Strategy, { places, plans }: DecidedSignal): string[] {
  const planned = plans.map(({ accountId, instrument }) => ({
    accountId: accountId ?? strategy.accountId,
    ...instrument,
  }));
  return [...new Set([...places, ...planned].map((each) => heldKey(strategy, each)))];
}

/** What is held, as decisions look it up. */
export function heldByKey(strategy: Strategy, held: readonly HeldInstrument[]): HeldNow {
  return new Map(held.map((each) => [heldKey(strategy, each), each]));
}
