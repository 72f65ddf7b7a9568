import { findAccount } from '@orderlane/db/accounts';
import { findBrokerOrder } from '@orderlane/db/broker-orders';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import type { Db } from '@orderlane/db/open-db';
import { findOrder, type OrderRow } from '@orderlane/db/orders';
import type { DueOrder } from '@orderlane/db/outcomes';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import { brandIds } from '@orderlane/domain/ids';
import { ManageError } from './manage-error.ts';
import { isInReach, type Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** What a person says became of an order: its number at the broker, or that it was not placed. */
export interface Decision {
  order: string;
  placed: string | undefined;
  notPlaced: boolean;
}

export interface SettledOrder {
  order: OrderRow;
  /** Who waited for it: to be put on their lanes after the commit, or left to the sweep. */
  woken: DueOrder[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const open = new Set(['indeterminate', 'awaiting_approval', 'absent']);

/**
 * Settles an order whose fate Orderlane cannot find out by itself. It is never sent again.
 * @throws ManageError bad_decision, unknown_order, not_indeterminate, broker_order_taken
 */
export async function settleOrder(manager: Manager, decision: Decision): Promise<SettledOrder> {
  if ((decision.placed === undefined) !== decision.notPlaced) {
    throw new ManageError('bad_decision');
  }
  const before = await getOpenOrder(manager, decision.order);
  await decide(manager, { order: before, decision });
  const order = await getOrder(manager, decision.order);
  const woken = await wakeWaiters(manager.db, [before.id]);
  await recordChange(manager, {
    what: 'order.settle',
    subject: `order ${before.id}`,
    before: fateData(before),
    after: fateData(order),
  });
  return { order, woken };
}

async function decide(
  { db, who }: Manager,
  { order, decision }: { order: OrderRow; decision: Decision },
): Promise<void> {
  const orderId = order.id;
  if (decision.placed === undefined) {
    const reason = `${who} says that it was not placed`;
    await recordAbsent(db, { orderId, code: 'not_placed', reason });
    return;
  }
  const by = `${who} says that this is its number`;
  const brokerOrderId = decision.placed.trim();
  if (brokerOrderId === '') {
    throw new ManageError('bad_decision', 'The number at the broker is empty');
  }
  await refuseAnother(db, { order, brokerOrderId });
  if (await claimBrokerOrder(db, { orderId, brokerOrderId, by })) return;
  throw new ManageError('broker_order_taken', `Another order has the number ${brokerOrderId}`);
}

/** A slip of the finger would count another order's trades as this one's. */
async function refuseAnother(
  db: Db,
  { order, brokerOrderId }: { order: OrderRow; brokerOrderId: string },
): Promise<void> {
  const row = await findBrokerOrder(db, { accountId: order.account_id, brokerOrderId });
  if (row === undefined) return;
  const keys = [row, order].map(({ exchange, symbol, product }) =>
    [exchange, symbol, product].join(':'),
  );
  const isSame = keys[0] === keys[1];
  // OpenAlgo chooses the side of a smart order.
  if (isSame && (order.lane === 'smart' || row.action === order.action)) return;
  throw new ManageError(
    'bad_decision',
    `${brokerOrderId} is ${row.action} ${row.quantity} ${keys[0]} in the order book; this order is ${order.action} ${order.quantity} ${keys[1]}`,
  );
}

/** @throws ManageError unknown_order, also for somebody else's */
export async function getOrder(
  manager: Pick<Manager, 'db' | 'tenant'>,
  id: string,
): Promise<OrderRow> {
  const { db } = manager;
  const order = uuid.test(id) ? await findOrder(db, brandIds.order(id.toLowerCase())) : undefined;
  const account = order && (await findAccount(db, order.account_id));
  if (order !== undefined && account !== undefined && isInReach(manager, account.user_id)) {
    return order;
  }
  throw new ManageError('unknown_order', `There is no order "${id}"`);
}

async function getOpenOrder(manager: Manager, id: string): Promise<OrderRow> {
  const order = await getOrder(manager, id);
  if (open.has(order.status)) return order;
  throw new ManageError(
    'not_indeterminate',
    `Order ${order.id} is ${order.status}: there is nothing to decide`,
  );
}

/** What became of an order, as programs get it. */
export function fateData({ id, status, broker_order_id, code, reason }: OrderRow) {
  return { id, status, broker_order_id, code, reason };
}
