import type { AccountId, OrderId, SignalId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

/**
 * Queued orders that could be sent now: past their `not_before`, held by no brake, waiting for
 * nothing that still stands in their way. The first of every lane before the second of any, so that a
 * lane with thousands keeps no other one's from being found; on a lane exits first, oldest first.
 */
export async function listDueOrders(db: Db, args: { limit: number }): Promise<DueOrder[]> {
  // What many orders share is asked once: a function for each of thousands of rows is what would cost.
  const { rows } = await sql<DueOrder>`
    with braked as materialized (
      select account_id, strategy_id, role from orders where status = 'queued'
      group by account_id, strategy_id, role having account_brake(account_id, strategy_id, role) is not null)
    select id, account_id as "accountId", lane, priority from (
    select o.id, o.account_id, o.lane, o.priority,
      row_number() over (partition by o.account_id, o.lane order by o.priority, o.stored_at) as place
    from orders o left join orders b on b.id = o.waits_for
    where o.status = 'queued' and o.expires_at > now()
      and (o.not_before is null or o.not_before <= now())
      and (b.id is null or o.waits_until <= now() or not order_blocks(o, b))
      and (o.waits_for_closing is null or not closing_is_open(o.waits_for_closing))
      and (o.closing_id is null or not mode_differs(o))
      and (o.account_id, o.strategy_id, o.role) not in (select account_id, strategy_id, role from braked)) due
    order by place, priority
    limit ${args.limit}`.execute(db);
  return rows;
}

/** What an executor looks at before it asks for a slot: cheap, decides nothing for good. */
export interface OrderToSend {
  id: OrderId;
  /** Null: a closing wished for it. */
  signalId: SignalId | null;
  status: string;
  attempt: number;
  role: 'entry' | 'exit';
  lane: 'regular' | 'smart';
  priority: number;
  strategyName: string;
  exchange: Exchange;
  symbol: string;
  product: Product;
  action: 'BUY' | 'SELL';
  quantity: number;
  targetPosition: number | null;
  /** Whether the account's OpenAlgo was found to take an id of ours with it. */
  takesClientOrderId: boolean;
  /** The strategy's own position that it is to leave; null: its quantity is what it is. */
  ownTarget: number | null;
  /** How long it could have been claimed, by the database's clock at this look (ms). */
  dueForMs: number;
  /** True when a claim now would surely come to nothing: no slot should be spent on it. */
  hopeless: boolean;
  /** How long a smart order still keeps its distance from the one before it on its instrument (ms); null: it need not. */
  restsForMs: number | null;
}

/**
 * The order as it stands, or undefined when the job names none of this account: whatever brought it to another
 * account's lane, it must never be sent with that account's key. The sweep brings it to its own.
 */
export async function findOrderToSend(
  db: Db,
  args: {
    id: OrderId;
    accountId: AccountId;
    /** See `ClaimSettings` (ms). */
    smartGapMs: number;
  },
): Promise<OrderToSend | undefined> {
  const { id, accountId, smartGapMs } = args;
  const { rows } = await sql<OrderToSend>`
    select id, status, attempt, role, lane, priority, strategy_name as "strategyName", exchange, symbol,
      product, action, quantity, target_position as "targetPosition",
      takes_client_order_id as "takesClientOrderId", own_target as "ownTarget", hopeless,
      order_due_for_ms(id) as "dueForMs", signal_of_order(id) as "signalId",
      order_rests_for_ms(id, ${smartGapMs}) as "restsForMs"
    from look_at_order(${id}) where account_of_order(${id}) = ${accountId}`.execute(db);
  return rows[0];
}
