import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { Role } from '@orderlane/domain/order-plan';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface LaneBacklog {
  accountId: AccountId;
  lane: Lane;
  role: Role;
  queued: number;
  /**
   * How long the oldest that could be sent could have been (ms): held by no brake, waiting for no
   * other order; null: none could.
   */
  oldestForMs: number | null;
}

/** What waits on every lane; a lane on which nothing waits is left out. */
export async function listLaneBacklogs(db: Db): Promise<LaneBacklog[]> {
  const { rows } = await sql<LaneBacklog>`
    with waiting as (
      select account_id, lane, role, strategy_id, count(*) as orders,
          min(greatest(stored_at, not_before)) filter (where expires_at > now() and waits_for_closing is null
            and (not_before is null or not_before <= now())
            and (waits_for is null or waits_until <= now())) as since
        from orders where status = 'queued'
        group by account_id, lane, role, strategy_id)
    select account_id as "accountId", lane, role, sum(orders)::integer as queued,
        (extract(epoch from clock_timestamp() - min(since) filter (where account_brake(account_id, strategy_id, role) is null)) * 1000)::float8
          as "oldestForMs"
      from waiting group by account_id, lane, role order by account_id, lane, role`.execute(db);
  return rows;
}
