import { type Clock, readClock, recordTick } from '@orderlane/db/clock';
import type { Db } from '@orderlane/db/open-db';

export interface TickDeps {
  db: Db;
  now(): Temporal.ZonedDateTime;
  /** Before anything is decided by it: a day may have become a holiday a moment ago. */
  readMarket(): Promise<unknown>;
  /** Opens what is due, then works on it; harmless to repeat. */
  openDue(at: { clock: Clock; now: Temporal.ZonedDateTime }): Promise<void>;
  work(): Promise<void>;
}

export interface Ticks {
  /** One tick; a call while one is under way waits for that one. */
  tick(): Promise<void>;
  /**
   * The net below the job scheduler, which a wiped Redis forgets: ticks by itself when nobody has for
   * `staleMs`, and takes over work that was left behind. True when it had to tick.
   */
  check(staleMs: number): Promise<boolean>;
}

export function createTicks(deps: TickDeps): Ticks {
  let underWay: Promise<void> | undefined;
  const tick = async () => {
    underWay ??= runTick(deps).finally(() => {
      underWay = undefined;
    });
    await underWay;
  };
  return {
    tick,
    async check(staleMs) {
      await deps.readMarket();
      const { lastTickAgoMs } = await readClock(deps.db);
      const isStale = lastTickAgoMs > staleMs;
      await (isStale ? tick() : deps.work());
      return isStale;
    },
  };
}

async function runTick(deps: TickDeps): Promise<void> {
  await deps.readMarket();
  const clock = await readClock(deps.db);
  const now = deps.now();
  await deps.openDue({ clock, now });
  await deps.work();
  // Only now: what a tick that failed had not opened is found again by the next.
  await recordTick(deps.db, new Date(now.epochMilliseconds));
}
