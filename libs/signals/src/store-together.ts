import type { Db } from '@orderlane/db/open-db';
import { hasServerRefused } from '@orderlane/db/server-refused';
import {
  type Busy,
  type SignalToStore,
  type StoreSignalResult,
  storeSignals,
} from '@orderlane/db/store-signal';
import type { StrategyId } from '@orderlane/domain/ids';
import { createStrategyQueues, type Queued } from './strategy-queues.ts';

/** A signal that is to be stored; its keys are the places that it may order, or depends on. */
export interface SignalToCome extends Queued {
  /** The signal as it leaves, asked with a connection in hand; undefined: it is too late for it. */
  prepare(): SignalToStore | undefined;
}

export interface StoredTogether {
  signal: SignalToStore;
  stored: StoreSignalResult;
}

export interface SignalStore {
  /**
   * Stores a signal in one transaction with others that wait. Undefined: it was too late for it.
   * @throws when Postgres refuses this signal (nothing of it was stored) or is away (nobody knows)
   */
  store(signal: SignalToCome): Promise<StoredTogether | undefined>;
}

interface Waiting extends SignalToCome {
  settled: PromiseWithResolvers<StoredTogether | undefined>;
}

/** Places of a batch: its first signal is not to wait much longer than alone. */
const mostPlaces = 128;

/**
 * Gathers signals while others are being committed, and stores them with one commit: nobody waits for
 * company. A strategy is in one batch at a time.
 */
export function createSignalStore(deps: { db: Db; commitsAtOnce: number }): SignalStore {
  const { db, commitsAtOnce } = deps;
  const queues = createStrategyQueues<Waiting>();
  let underWay = 0;
  const leave = () => {
    while (underWay < commitsAtOnce) {
      const batch = queues.take(mostPlaces);
      if (batch.length === 0) return;
      underWay += 1;
      void storeNext(batch);
    }
  };
  const storeNext = async (batch: Waiting[]) => {
    const busy = Map.groupBy(await storeBatch(db, batch, false), ({ strategyId }) => strategyId);
    underWay -= 1;
    queues.release(batch.map((each) => each.strategyId).filter((id) => !busy.has(id)));
    for (const [strategyId, signals] of busy) void waitFor(strategyId, signals);
    leave();
  };
  // Not one of `commitsAtOnce`: somebody else's long transaction holds up one strategy alone.
  const waitFor = async (strategyId: StrategyId, signals: Waiting[]) => {
    await storeBatch(db, signals, true);
    queues.release([strategyId]);
    leave();
  };
  return {
    async store(signal) {
      const settled = Promise.withResolvers<StoredTogether | undefined>();
      queues.add({ ...signal, settled });
      // What came in the same turn of the event loop goes along.
      setImmediate(leave);
      return await settled.promise;
    },
  };
}

interface Leaving {
  waiting: Waiting;
  signal: SignalToStore;
}

/** Stores what may be stored now and returns the others, which somebody else holds up. Never fails. */
async function storeBatch(db: Db, batch: readonly Waiting[], waits: boolean): Promise<Waiting[]> {
  const leaving: Leaving[] = [];
  try {
    const stored = await db.connection().execute(async (connection) => {
      leaving.push(...batch.flatMap(prepared));
      if (leaving.length === 0) return [];
      const signals = leaving.map(({ signal }) => signal);
      return await storeSignals(connection, signals, { waits });
    });
    return leaving.flatMap((each, index) => settle(each, stored[index]));
  } catch (error) {
    const isAlone = leaving.length <= 1 || !hasServerRefused(error);
    if (isAlone) for (const { settled } of batch) settled.reject(error);
    else await storeEach(db, leaving);
    return [];
  }
}

/** Whose fault it was that all were refused nobody knows: of each alone, only that one is again. */
async function storeEach(db: Db, leaving: readonly Leaving[]): Promise<void> {
  for (const { waiting } of leaving) await storeBatch(db, [waiting], true);
}

/** One that cannot be prepared fails alone. */
function prepared(waiting: Waiting): Leaving[] {
  try {
    const signal = waiting.prepare();
    if (signal !== undefined) return [{ waiting, signal }];
    waiting.settled.resolve(undefined);
  } catch (error) {
    waiting.settled.reject(error);
  }
  return [];
}

/** Returns it again where somebody else held it up. */
function settle(
  { waiting, signal }: Leaving,
  stored: StoreSignalResult | Busy | undefined,
): Waiting[] {
  if (stored === undefined || stored.kind === 'busy') return [waiting];
  waiting.settled.resolve({ signal, stored });
  return [];
}
