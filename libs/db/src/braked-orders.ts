import type { AccountId, OrderId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { type RawBuilder, sql } from 'kysely';
import type { BrakeTarget } from './brakes.ts';
import type { Db } from './open-db.ts';

function isCovered({ scope, id }: BrakeTarget): RawBuilder<boolean> {
  if (scope === 'everything') return sql<boolean>`true`;
  return scope === 'account' ? sql<boolean>`account_id = ${id}` : sql<boolean>`strategy_id = ${id}`;
}

/** The orders under a kill switch, as it stands in this transaction. */
export interface MetOrders {
  /** Queued, within their age, and free to go out. */
  freeEntries: number;
  freeExits: number;
  /** Queued, within their age, and held by this brake or by another. */
  heldEntries: number;
  heldExits: number;
  /** Claimed already: each was sent, or will be within its send window, whatever is stopped now. */
  inFlight: number;
}

const none: MetOrders = {
  freeEntries: 0,
  freeExits: 0,
  heldEntries: 0,
  heldExits: 0,
  inFlight: 0,
};

export async function countOrdersUnder(db: Db, target: BrakeTarget): Promise<MetOrders> {
  const { rows } = await sql<MetOrders>`
    select
      count(*) filter (where status = 'queued' and not held and role = 'entry')::integer as "freeEntries",
      count(*) filter (where status = 'queued' and not held and role = 'exit')::integer as "freeExits",
      count(*) filter (where status = 'queued' and held and role = 'entry')::integer as "heldEntries",
      count(*) filter (where status = 'queued' and held and role = 'exit')::integer as "heldExits",
      count(*) filter (where status = 'submitting')::integer as "inFlight"
    from (select status, role, account_brake(account_id, strategy_id, role) is not null as held from orders
      where (status = 'submitting' or (status = 'queued' and expires_at > clock_timestamp()))
        and ${isCovered(target)}) met`.execute(db);
  return rows[0] ?? none;
}

/** A queued exit, as a person knows it. */
export interface FreeExit {
  strategyName: string;
  symbol: string;
  action: 'BUY' | 'SELL';
  /** 0: everything (a smart exit). */
  quantity: number;
}

/** The queued exits under a released kill switch that nothing else holds, oldest first. */
export async function listFreeExits(
  db: Db,
  target: BrakeTarget,
  args: { limit: number },
): Promise<FreeExit[]> {
  const { rows } = await sql<FreeExit>`
    select strategy_name as "strategyName", symbol, action, quantity from orders
    where status = 'queued' and role = 'exit' and expires_at > clock_timestamp() and ${isCovered(target)}
      and account_brake(account_id, strategy_id, role) is null
    order by stored_at limit ${args.limit}`.execute(db);
  return rows;
}

/** An order that was cancelled before it was sent; its job, if any, is dead. */
export interface CancelledEntry {
  id: OrderId;
  accountId: AccountId;
  lane: Lane;
}

/**
 * Cancels the queued entries that a kill switch covers. A row that another process holds just now
 * (it expires, or is superseded) is left to it, and to the claim.
 */
export async function cancelEntriesUnder(
  db: Db,
  target: BrakeTarget,
  { code, reason }: { code: string; reason: string },
): Promise<CancelledEntry[]> {
  const { rows } = await sql<CancelledEntry>`
    update orders set status = 'cancelled', code = ${code}, reason = ${reason}
    where id in (select id from orders where status = 'queued' and role = 'entry' and ${isCovered(target)}
      order by id for update skip locked)
    returning id, account_id as "accountId", lane`.execute(db);
  return rows;
}

/**
 * Ends the queued orders under a kill switch whose age ran out while it was set, each with its
 * alert; returns how many.
 */
export async function expireOrdersUnder(db: Db, target: BrakeTarget): Promise<number> {
  const { rows } = await sql`
    with gone as (
      update orders o set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id in (select id from orders
        where status = 'queued' and expires_at <= clock_timestamp() and ${isCovered(target)}
        order by id for update skip locked)
      returning o)
    select alert_expired(o) from gone order by (o).strategy_name`.execute(db);
  return rows.length;
}
