import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How much a job that deletes takes at once: a transaction of its own, so that no lock lasts. */
export interface Bite {
  /** Only what is older, on the database's clock (ms). */
  olderThanMs: number;
  /** Rows. */
  limit: number;
}

/**
 * What may be needed to know a signal that comes again: the last one accepted on an instrument, and those
 * whose key is remembered.
 */
const isRemembered = sql`(exists (select from last_signals l where l.signal_id = s.id)
  or exists (select from signal_keys k where k.signal_id = s.id))`;

/** Deletes signals that became no order: refused ones, those seen before, those with nothing to do. */
export async function pruneSignalsWithoutOrders(db: Db, bite: Bite): Promise<number> {
  return await pruneSignals(db, bite, sql`s.verdict <> 'queued'`);
}

/** Deletes signals whose orders have gone. */
export async function pruneSignalsOfOrders(db: Db, bite: Bite): Promise<number> {
  return await pruneSignals(db, bite, sql`s.verdict = 'queued'`);
}

async function pruneSignals(db: Db, bite: Bite, which: ReturnType<typeof sql>): Promise<number> {
  const gone = await sql`
    delete from signals where id in (
      select s.id from signals s
      where ${which} and s.received_at < now() - ms(${bite.olderThanMs})
        and not exists (select from orders o where o.signal_id = s.id) and not ${isRemembered}
      order by s.received_at limit ${bite.limit} for update skip locked)`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}

/** Forgets keys of signals that are not the last of their instrument: those are no duplicates any more. */
export async function pruneSignalKeys(db: Db, bite: Bite): Promise<number> {
  const gone = await sql`
    delete from signal_keys where ctid in (
      select k.ctid from signal_keys k
      where k.accepted_at < now() - ms(${bite.olderThanMs})
        and not exists (select from last_signals l
          where l.strategy_instrument_id = k.strategy_instrument_id and l.signal_id = k.signal_id)
      order by k.accepted_at limit ${bite.limit} for update skip locked)`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}
