import type { Lane } from '@orderlane/domain/lane';
import type { OrderStatus } from '@orderlane/domain/order';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface OrderCount {
  status: OrderStatus;
  lane: Lane;
  orders: number;
  /** Since the oldest of them was called, or stored where it was not (ms). */
  oldestForMs: number;
}

/** Orders that are not over, however old, by status and lane; none is left out. */
export async function countOpenOrders(db: Db): Promise<OrderCount[]> {
  const { rows } = await sql<OrderCount>`
    select status, lane, count(*)::integer as orders,
        (extract(epoch from clock_timestamp() - min(coalesce(claimed_at, stored_at))) * 1000)::float8 as "oldestForMs"
      from orders
      where status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
      group by status, lane`.execute(db);
  return rows;
}

/** Orders stored within `withinMs` that are over, by status and lane. */
export async function countEndedOrders(
  db: Db,
  args: { withinMs: number },
): Promise<Pick<OrderCount, 'status' | 'lane' | 'orders'>[]> {
  const { rows } = await sql<Pick<OrderCount, 'status' | 'lane' | 'orders'>>`
    select status, lane, count(*)::integer as orders
      from orders
      where stored_at > now() - ms(${args.withinMs})
        and status not in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
      group by status, lane`.execute(db);
  return rows;
}
