import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import type { Fleet } from '../fleet/fleet.ts';
import type { Ground } from '../fleet/open-ground.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { Times } from '../times.ts';

/** What a fault has to break things with. */
export interface FaultParts {
  ground: Ground;
  fleet: Fleet;
  times: Times;
  timeline: Timeline;
  /** A connection of the harness's own, past the links. */
  db: Db;
  /** The simulator's accounts. */
  apiKeys: readonly string[];
  /** Aborted when the run is over: what is broken is mended at once. */
  ending: AbortSignal;
}

export interface ChaosFault {
  name: string;
  /**
   * Breaks something and mends it again, whatever happens in between.
   * @returns when orders could be sent again (ms since the epoch)
   */
  run(parts: FaultParts, random: Random): Promise<number>;
}

/** How long a fault lasts, in the time of the run. */
async function last(parts: FaultParts, ms: number): Promise<void> {
  await sleep(ms / parts.times.divide, undefined, { signal: parts.ending }).catch(() => undefined);
}

/** Breaks, waits, mends; cured from then on. */
export async function during(
  parts: FaultParts,
  fault: { ms: number; breakIt: () => Promise<void>; mend: () => Promise<void> },
): Promise<number> {
  try {
    await fault.breakIt();
    await last(parts, fault.ms);
  } finally {
    await fault.mend();
  }
  return Date.now();
}
