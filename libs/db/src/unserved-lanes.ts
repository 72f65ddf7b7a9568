import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { sql } from 'kysely';
import type { AccountRow } from './accounts.ts';
import type { Db } from './open-db.ts';

/** A lane on which orders wait that could be sent. */
export interface WaitingLane {
  accountId: AccountId;
  lane: Lane;
  waiting: number;
  /** How long the oldest of them could have been sent (ms), and since when. */
  oldestForMs: number;
  oldestAt: Date;
  /** When somebody last took an order of the lane, today or yesterday; null: nobody. */
  servedAt: Date | null;
  /** Since then (ms). */
  servedAgoMs: number | null;
}

/** What waits on an account's lanes: held by no brake, waiting for no other order, not too old. */
export async function listWaitingLanes(
  db: Db,
  account: Pick<AccountRow, 'id'>,
): Promise<WaitingLane[]> {
  const { rows } = await sql<WaitingLane>`
    with braked as materialized (
      select strategy_id, role from orders where account_id = ${account.id} and status = 'queued'
      group by strategy_id, role having account_brake(${account.id}, strategy_id, role) is not null),
    due as (
      select o.lane, greatest(o.stored_at, o.not_before) as since
      from orders o left join orders b on b.id = o.waits_for
      where o.account_id = ${account.id} and o.status = 'queued' and o.expires_at > now() and o.waits_for_closing is null
        and (o.not_before is null or o.not_before <= now())
        and (b.id is null or o.waits_until <= now() or not order_blocks(o, b))
        and (o.strategy_id, o.role) not in (select strategy_id, role from braked)),
    served as (
      select lane, max(claimed_at) as at from orders
      where account_id = ${account.id} and stored_at > now() - interval '1 day' and claimed_at is not null
      group by lane)
    select ${account.id} as "accountId", due.lane, count(*)::integer as waiting, min(due.since) as "oldestAt",
      (extract(epoch from now() - min(due.since)) * 1000)::float8 as "oldestForMs",
      max(served.at) as "servedAt", (extract(epoch from now() - max(served.at)) * 1000)::float8 as "servedAgoMs"
    from due left join served on served.lane = due.lane
    group by due.lane order by due.lane`.execute(db);
  return rows;
}
