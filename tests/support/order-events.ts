import { randomUUID } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';

/** Writes moves of orders that are of no order, as the trigger of `orders` would. */
export async function writeEvents(db: Db, count: number): Promise<void> {
  await sql`insert into order_events (order_id, to_status, attempt, reason)
    select ${randomUUID()}, 'queued', 0, 'event ' || i from generate_series(1, ${count}) i`.execute(
    db,
  );
}

export async function listEventSeqs(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('order_events').select('seq').orderBy('seq').execute();
  return rows.map(({ seq }) => seq);
}
