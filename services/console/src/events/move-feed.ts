import { EventEmitter, once } from 'node:events';
import type { Db } from '@orderlane/db/open-db';
import { findMoveCursor, listUnseenMoves, type MoveCursor } from '@orderlane/db/order-moves';
import type { Log } from '@orderlane/runtime/log';
import { passMoves, showCursor } from './move-cursor.ts';

const LOOK_EVERY_MS = 250;
/** A transaction that moves an order ends long before: what is missing then was rolled back. */
const GIVE_UP_MS = 30_000;
const BATCH = 5000;

export interface MoveFeed {
  /** @throws when Postgres does not answer */
  watch(): Promise<MoveWatch>;
}

export interface MoveWatch extends Disposable {
  /** All moves that are there. */
  cursor(): MoveCursor;
  /** Waits until there are moves besides these. @throws when aborted */
  more(than: MoveCursor, signal: AbortSignal): Promise<void>;
}

interface Looking extends Disposable {
  cursor(): MoveCursor;
}

export interface MoveFeedDeps {
  db: Db;
  log: Log;
}

/**
 * Looks for moves of orders while somebody watches. It is not told of them: a NOTIFY in the
 * transaction that moves an order would make orders wait for each other's commits (decision 0019).
 */
export function createMoveFeed(deps: MoveFeedDeps): MoveFeed {
  const emitter = new EventEmitter().setMaxListeners(0);
  let watchers = 0;
  let looking: Promise<Looking> | undefined;
  const leave = (left: Promise<Looking>) => {
    watchers--;
    if (watchers > 0 || looking !== left) return;
    looking = undefined;
    void left.then((stopped) => stopped[Symbol.dispose]()).catch(() => undefined);
  };
  return {
    async watch() {
      watchers++;
      looking ??= look(deps, () => emitter.emit('moved'));
      const mine = looking;
      const started = await mine.catch((error: unknown) => {
        if (looking === mine) looking = undefined;
        watchers--;
        throw error;
      });
      return {
        cursor: started.cursor,
        async more(than, signal) {
          if (showCursor(started.cursor()) !== showCursor(than)) return;
          await once(emitter, 'moved', { signal });
        },
        [Symbol.dispose]: () => leave(mine),
      };
    },
  };
}

async function look({ db, log }: MoveFeedDeps, onMoved: () => void): Promise<Looking> {
  let cursor = await findMoveCursor(db, GIVE_UP_MS);
  let missingSince = noteMissing(new Map(), cursor);
  let isAway = false;
  let isStopped = false;
  const advance = async () => {
    const seqs = await listUnseenMoves(db, cursor, BATCH);
    const passed = passMoves(cursor, seqs);
    missingSince = noteMissing(missingSince, passed);
    cursor = { upTo: passed.upTo, missing: [...missingSince.keys()] };
    if (seqs.length > 0) onMoved();
  };
  const again = async () => {
    try {
      await advance();
      isAway = false;
    } catch (err) {
      if (!isAway) log.warn({ event: 'moves_unseen', err }, 'moves of orders cannot be seen');
      isAway = true;
    }
    if (!isStopped) timer = setTimeout(() => void again(), LOOK_EVERY_MS);
  };
  let timer = setTimeout(() => void again(), LOOK_EVERY_MS);
  return {
    cursor: () => cursor,
    [Symbol.dispose]: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Since when each number is missing, without those that will not appear any more. */
function noteMissing(
  before: ReadonlyMap<number, number>,
  { missing }: MoveCursor,
): Map<number, number> {
  const nowMs = performance.now();
  const all = missing.map((seq): [number, number] => [seq, before.get(seq) ?? nowMs]);
  return new Map(all.filter(([, sinceMs]) => nowMs - sinceMs < GIVE_UP_MS));
}
