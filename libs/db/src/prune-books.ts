import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { Bite } from './prune-signals.ts';

/** Deletes rows of order books that no book has shown for so long and that no unfinished order is. */
export async function pruneBrokerOrders(db: Db, bite: Bite): Promise<number> {
  const gone = await sql`
    delete from broker_orders where (account_id, broker_order_id) in (
      select b.account_id, b.broker_order_id from broker_orders b
      where b.last_seen_at < now() - ms(${bite.olderThanMs})
        and not exists (select from orders o
          where o.account_id = b.account_id and o.broker_order_id = b.broker_order_id and o.final_at is null)
      order by b.last_seen_at limit ${bite.limit} for update skip locked)`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}

/** Deletes alerts that were sent or given up, and with them what became of each target. */
export async function pruneAlerts(db: Db, bite: Bite): Promise<number> {
  const gone = await sql`
    delete from alerts where id in (
      select id from alerts
      where at < now() - ms(${bite.olderThanMs}) and (sent_at is not null or given_up_at is not null)
      order by at limit ${bite.limit} for update skip locked)`.execute(db);
  return Number(gone.numAffectedRows ?? 0n);
}
