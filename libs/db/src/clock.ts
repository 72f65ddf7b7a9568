import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface Clock {
  /** Since the last finished tick, on the database's clock (ms); Infinity before the first. */
  lastTickAgoMs: number;
  /** Its minute on the trading clock of the scheduler that ticked; null before the first. */
  lastTickMinute: Date | null;
}

/** The one row that says when the square-off tick last finished. */
export async function readClock(db: Db): Promise<Clock> {
  const { rows } = await sql<Clock>`
    select extract(epoch from clock_timestamp() - last_tick_at)::float8 * 1000 as "lastTickAgoMs",
      last_tick_minute as "lastTickMinute" from clock`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The clock has no row');
  return row;
}

/** A tick that looked at everything due at this minute has finished. */
export async function recordTick(db: Db, minute: Date): Promise<void> {
  await db
    .updateTable('clock')
    .set({ last_tick_at: sql<Date>`clock_timestamp()`, last_tick_minute: minute })
    .execute();
}
