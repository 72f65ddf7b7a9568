import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/**
 * How far this process's clock is ahead of the database's (ms; negative: behind), to half of the
 * time that the question took. Everything durable goes by the database's; the trading window by ours.
 */
export async function clockOffsetMs(db: Db): Promise<number> {
  const askedAtMs = Date.now();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const answeredAtMs = Date.now();
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell its time');
  return (askedAtMs + answeredAtMs) / 2 - row.now.getTime();
}
