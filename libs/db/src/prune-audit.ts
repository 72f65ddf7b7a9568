import { sql } from 'kysely';
import { type ChainStarts, findChainStarts } from './chain-starts.ts';
import type { Db } from './open-db.ts';
import { listSeals } from './order-event-seals.ts';
import { readListing } from './seal-listing.ts';

/** Where the chains would begin if everything before an instant were deleted. */
export async function findPrunePoints(db: Db, before: Date): Promise<ChainStarts> {
  const starts = await findChainStarts(db);
  // The rows before the first one that is to stay: those of one time are not quite in one place.
  const { rows: audit } = await sql<{ seq: number; hash: string }>`
    select seq, hash from audit_log
    where seq < coalesce((select min(seq) from audit_log where at >= ${before}), 9223372036854775807)
    order by seq desc limit 1`.execute(db);
  const { rows: seals } = await sql<{ seq: number; hash: string; upTo: number }>`
    select id as seq, hash, up_to as "upTo" from order_event_seals
    where id < coalesce((select min(id) from order_event_seals where sealed_at >= ${before}), 9223372036854775807)
    order by id desc limit 1`.execute(db);
  return { ...starts, audit: audit[0] ?? starts.audit, events: seals[0] ?? starts.events };
}

const sealsABite = 5;
const rowsABite = 10_000;

/**
 * Deletes what is before the newest checkpoint, in bites, each a transaction of its own. Stopped in the
 * middle it leaves what nobody looks at; the next call goes on.
 */
export async function deletePruned(db: Db): Promise<{ auditRows: number; events: number }> {
  const { audit, events } = await findChainStarts(db);
  const deleted = { auditRows: 0, events: 0 };
  for (let bite = sealsABite; bite === sealsABite; ) {
    bite = await db.transaction().execute(async (transaction) => {
      const done = await deleteSeals(transaction, events.seq);
      deleted.events += done.rows;
      return done.seals;
    });
  }
  for (let bite = rowsABite; bite === rowsABite; deleted.auditRows += bite) {
    bite = await db
      .transaction()
      .execute(async (transaction) => await deleteAuditRows(transaction, audit.seq));
  }
  return deleted;
}

/** Rows that committed late are in a later seal, and go with that. */
async function deleteSeals(db: Db, upTo: number): Promise<{ seals: number; rows: number }> {
  await allowPruning(db);
  const seals = (await listSeals(db, { after: 0, limit: sealsABite })).filter(
    ({ id }) => id <= upTo,
  );
  let rows = 0;
  for (const { id, listing } of seals) {
    const seqs = readListing(listing).map(({ seq }) => seq);
    const gone = await sql`delete from order_events where seq = any(${seqs}::bigint[])`.execute(db);
    rows += Number(gone.numAffectedRows ?? 0n);
    await db.deleteFrom('order_event_seals').where('id', '=', id).execute();
  }
  return { seals: seals.length, rows };
}

async function deleteAuditRows(db: Db, upTo: number): Promise<number> {
  await allowPruning(db);
  const gone = await sql`delete from audit_log where seq in
    (select seq from audit_log where seq <= ${upTo} order by seq limit ${rowsABite})`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}

async function allowPruning(db: Db): Promise<void> {
  await sql`select set_config('orderlane.pruning', 'on', true)`.execute(db);
}
