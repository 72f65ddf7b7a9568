import type { OrderId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { keptOf } from '@orderlane/domain/left-to-close';
import type { Action } from '@orderlane/domain/order-plan';
import { sql } from 'kysely';
import type { ClosingToWork } from './closings.ts';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

/** One more order of a closing. */
export interface NextClosingOrder {
  id: OrderId;
  lane: Lane;
  priority: number;
  action: Action;
  /** Shares; the claim fits it to what is held then. 0 for a smart order. */
  quantity: number;
  /** Shares that one order may have at the most; null: no limit. */
  quantityLimit: number | null;
  /** Not sent before this (ms); null: at once. */
  notBeforeMs: number | null;
}

/**
 * Stores further orders of a closing, decided from `closing` as it was. Nothing is stored when it has
 * ended, or got an order meanwhile: it is decided again then. The instrument is locked first, in the
 * order in which the store locks.
 */
export async function storeClosingOrders(
  db: Db,
  args: { closing: ClosingToWork; orders: readonly NextClosingOrder[] },
): Promise<DueOrder[]> {
  const { closing, orders } = args;
  return await db.transaction().execute(async (locked) => {
    if (!(await lockUnchanged(locked, closing))) return [];
    for (const order of orders) await insert(locked, closing, order);
    const { accountId } = closing;
    return orders.map(({ id, lane, priority }) => ({ id, accountId, lane, priority }));
  });
}

async function lockUnchanged(db: Db, { id, orders }: ClosingToWork): Promise<boolean> {
  await sql`select from strategy_instruments
    where id = (select strategy_instrument_id from closings where id = ${id}) for no key update`.execute(
    db,
  );
  const { rows } = await sql`select from closings c
    where c.id = ${id} and c.status = 'open'
      and (select count(*) from orders where closing_id = c.id) = ${orders.length}
    for no key update`.execute(db);
  return rows.length > 0;
}

async function insert(db: Db, closing: ClosingToWork, order: NextClosingOrder): Promise<void> {
  const isSmart = order.lane === 'smart';
  const plan = {
    ...closing.instrument,
    id: order.id,
    again: closing.id,
    role: 'exit',
    lane: order.lane,
    priority: order.priority,
    action: order.action,
    quantity: order.quantity,
    quantity_limit: order.quantityLimit,
    target_position: isSmart ? 0 : null,
    own_target: isSmart ? null : keptOf(closing),
    expires_in_ms: closing.closesInMs,
    not_before_in_ms: order.notBeforeMs,
  };
  const owner = {
    strategy_id: closing.strategyId,
    account_id: closing.accountId,
    strategy_name: closing.strategyName,
  };
  await sql`select insert_order(${jsonParameter(owner)}::jsonb, ${jsonParameter(plan)}::jsonb, strategy_instrument_id, 0)
    from closings where id = ${closing.id}`.execute(db);
}
