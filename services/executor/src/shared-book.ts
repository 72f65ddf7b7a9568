import { setTimeout as sleep } from 'node:timers/promises';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { PositionRow } from '@orderlane/domain/shown-position';

export interface BookShown {
  rows: PositionRow[];
  /** Of live or of the analyzer: OpenAlgo has a book of each, and shows that of its mode. */
  mode: TradingModeSeen;
}

export interface SharedBookDeps {
  /** Undefined: it could not be read, or proves nothing. */
  read(): Promise<BookShown | undefined>;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  /** OpenAlgo serves positions from a cache: a book read this long after another is a new one (ms). */
  freshAfterMs: number;
}

/** One book of an account, as it is until this instant (monotonic, ms); undefined: it is not known by then. */
export type SharedBook = (until: number) => Promise<BookShown | undefined>;

/**
 * After a read that came to nothing, exits wait for the next ones only so briefly, for so long (ms). Four exits wait
 * at a time, each in a place at the gate: with all of its patience for each of them three a second would leave.
 */
const brief = { waitMs: 250, lastsMs: 10_000 };

interface Reading {
  startedAt: number;
  shown: Promise<BookShown | undefined>;
}

/** Reads a book at most once per `freshAfterMs`, for all who ask. A clean one is waited for again at once. */
export function createSharedBook(deps: SharedBookDeps): SharedBook {
  let last: Reading | undefined;
  let newestCleanAt = Number.NEGATIVE_INFINITY;
  let isBriefUntil = Number.NEGATIVE_INFINITY;
  const ended = (shown: BookShown | undefined, startedAt: number) => {
    if (shown !== undefined) {
      newestCleanAt = Math.max(newestCleanAt, startedAt);
      isBriefUntil = Number.NEGATIVE_INFINITY;
    } else if (startedAt > newestCleanAt) {
      isBriefUntil = deps.monotonicNow() + brief.lastsMs;
    }
  };
  const start = (startedAt: number): Reading => {
    const read = async () => {
      const shown = await deps.read();
      ended(shown, startedAt);
      return shown;
    };
    return { startedAt, shown: read() };
  };
  return async (until) => {
    const now = deps.monotonicNow();
    if (last === undefined || now - last.startedAt >= deps.freshAfterMs) last = start(now);
    const patienceMs = now < isBriefUntil ? brief.waitMs : until - now;
    return await inTime(last.shown, Math.min(patienceMs, until - now));
  };
}

async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T | undefined> {
  const done = new AbortController();
  const late = sleep(Math.max(withinMs, 0), undefined, { signal: done.signal, ref: false });
  try {
    return await Promise.race([work, late.catch(() => undefined)]);
  } finally {
    done.abort();
  }
}
