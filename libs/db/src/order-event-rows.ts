import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { instantText } from './audit-chain.ts';
import type { Db } from './open-db.ts';

/** One move of an order, with its texts as they are hashed. */
export interface OrderEventRow {
  seq: number;
  orderId: string;
  /** UTC with microseconds. */
  at: string;
  fromStatus: string | null;
  toStatus: string;
  attempt: number;
  code: string | null;
  reason: string | null;
}

/** Numbers from and to, both included. */
export interface SeqRange {
  from: number;
  to: number;
}

export const digestBytes = 16;

/** What a seal keeps of a row, as if it had this number: the first bytes of the SHA-256 of its JSON array. */
export function eventDigest(row: OrderEventRow, seq: number): Buffer {
  const { orderId, at, fromStatus, toStatus, attempt, code, reason } = row;
  const text = JSON.stringify([seq, orderId, at, fromStatus, toStatus, attempt, code, reason]);
  return createHash('sha256').update(text).digest().subarray(0, digestBytes);
}

function selectEvents(db: Db) {
  return db
    .selectFrom('order_events')
    .select(['order_events.seq', 'order_id as orderId', 'attempt', 'code', 'reason'])
    .select(['from_status as fromStatus', 'to_status as toStatus'])
    .select(instantText('order_events.at').as('at'))
    .orderBy('order_events.seq');
}

/** The rows after that number, in their order. */
export async function listOrderEvents(
  db: Db,
  page: { after: number; upTo?: number; limit: number },
): Promise<OrderEventRow[]> {
  let query = selectEvents(db).where('order_events.seq', '>', page.after).limit(page.limit);
  if (page.upTo !== undefined) query = query.where('order_events.seq', '<=', page.upTo);
  return await query.execute();
}

/** The rows of these numbers that are there by now. */
export async function listOrderEventsIn(
  db: Db,
  ranges: readonly SeqRange[],
): Promise<OrderEventRow[]> {
  if (ranges.length === 0) return [];
  const from = ranges.map((range) => range.from);
  const to = ranges.map((range) => range.to);
  return await selectEvents(db)
    .innerJoin(
      sql<SeqRange>`unnest(${from}::bigint[], ${to}::bigint[])`.as<'g'>(sql`g("from", "to")`),
      (join) => join.on(sql<boolean>`order_events.seq between g."from" and g."to"`),
    )
    .execute();
}
