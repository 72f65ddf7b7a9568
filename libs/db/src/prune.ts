import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from './open-db.ts';
import { pruneAlerts, pruneBrokerOrders } from './prune-books.ts';
import { pruneClosings, pruneOrders } from './prune-orders.ts';
import {
  type Bite,
  pruneSignalKeys,
  pruneSignalsOfOrders,
  pruneSignalsWithoutOrders,
} from './prune-signals.ts';

/** How long what is kept (ms). */
export interface Retention {
  /** Signals that became no order. */
  signalsMs: number;
  /** Orders, with their signals and closings. */
  ordersMs: number;
  /** Rows of order books that no book shows any more. */
  booksMs: number;
  alertsMs: number;
}

export interface PruneOptions {
  retention: Retention;
  /** Rows of one transaction. */
  limit: number;
  /** Between two of them, in which others have the database (ms). */
  pauseMs: number;
  /** Ends it after the transaction under way. */
  shutdown: AbortSignal;
}

/** Rows that were deleted, by table. */
export type Pruned = Record<
  'signals' | 'signalKeys' | 'orders' | 'closings' | 'books' | 'alerts',
  number
>;

/** Deletes what is past its time, in bites; stopped or run twice at once it only deletes less. */
export async function prune(db: Db, options: PruneOptions): Promise<Pruned> {
  const { signalsMs, ordersMs, booksMs, alertsMs } = options.retention;
  const all = async (bite: (db: Db, bite: Bite) => Promise<number>, olderThanMs: number) =>
    await inBites(options, async () => await bite(db, { olderThanMs, limit: options.limit }));
  return {
    orders: await pruneAllOrders(db, options),
    closings: await all(pruneClosings, ordersMs),
    // What a key leads to is looked up by it.
    signalKeys: await all(pruneSignalKeys, signalsMs),
    signals:
      (await all(pruneSignalsWithoutOrders, signalsMs)) +
      (await all(pruneSignalsOfOrders, ordersMs)),
    books: await all(pruneBrokerOrders, booksMs),
    alerts: await all(pruneAlerts, alertsMs),
  };
}

async function pruneAllOrders(db: Db, options: PruneOptions): Promise<number> {
  const bite = { olderThanMs: options.retention.ordersMs, limit: options.limit };
  const except: number[] = [];
  let deleted = 0;
  for (let isMore = true; isMore && !options.shutdown.aborted; ) {
    const done = await pruneOrders(db, { ...bite, except });
    except.push(...done.kept);
    deleted += done.deleted;
    isMore = done.kept.length > 0 || done.deleted === options.limit;
    await pause(options);
  }
  return deleted;
}

async function inBites(options: PruneOptions, bite: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (let taken = options.limit; taken === options.limit && !options.shutdown.aborted; ) {
    taken = await bite();
    deleted += taken;
    await pause(options);
  }
  return deleted;
}

async function pause({ pauseMs, shutdown }: PruneOptions): Promise<void> {
  await sleep(pauseMs, undefined, { signal: shutdown }).catch(() => undefined);
}
