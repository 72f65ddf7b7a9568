import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** The database's time without asking it each time (ms since 1970), never later than it really is. */
export type DatabaseClock = () => Promise<number>;

interface Reading {
  /** The database's time less this process's monotonic time (ms). */
  aheadMs: number;
  readAt: number;
}

/** Who comes later than this asks for itself: a connection that hangs must not hold up all (ms). */
const sharedForMs = 200;

/**
 * Asks the database for its time at most once in `maxAgeMs` and goes on by the monotonic clock: so
 * no other clock has to be right.
 */
export function createDatabaseClock(deps: {
  db: Db;
  monotonicNow(): number;
  maxAgeMs: number;
}): DatabaseClock {
  const { db, monotonicNow, maxAgeMs } = deps;
  let last: Reading | undefined;
  let asking: { reading: Promise<Reading>; since: number } | undefined;
  const read = async (): Promise<Reading> => {
    const databaseMs = await askTime(db);
    // What the answer took on its way back is left out: rather a little early than late.
    const readAt = monotonicNow();
    return { aheadMs: databaseMs - readAt, readAt };
  };
  return async () => {
    const now = monotonicNow();
    if (last === undefined || now - last.readAt > maxAgeMs) {
      if (asking === undefined || now - asking.since > sharedForMs) {
        asking = { reading: read(), since: now };
      }
      last = await asking.reading;
    }
    return last.aheadMs + monotonicNow();
  };
}

async function askTime(db: Db): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from clock_timestamp())::double precision * 1000 as ms`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell its time');
  return row.ms;
}
