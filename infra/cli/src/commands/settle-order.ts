import { recordAudit } from '@orderlane/db/audit';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import type { Db } from '@orderlane/db/open-db';
import { findOrder, type OrderRow } from '@orderlane/db/orders';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import { brandIds } from '@orderlane/domain/ids';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { inTransaction } from '../with-db.ts';

/** What a person says became of an order: its number at the broker, or that it was not placed. */
export interface Decision {
  order: string;
  placed: string | undefined;
  notPlaced: boolean;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const open = new Set(['indeterminate', 'awaiting_approval', 'absent']);

/**
 * Settles an order whose fate Orderlane cannot find out by itself. It is never sent again.
 * @throws CliError bad_decision, unknown_order, not_indeterminate, broker_order_taken
 */
export async function settleOrder(cli: Cli, decision: Decision): Promise<Answer> {
  if ((decision.placed === undefined) !== decision.notPlaced) {
    throw new CliError('bad_decision', 'Say either --placed <number> or --not-placed');
  }
  return await inTransaction(cli, async (db) => {
    const before = await getOpenOrder(db, decision.order);
    await decide(db, { cli, order: before, decision });
    const after = await getOrder(db, decision.order);
    // Who waited for it comes back to its lane with the next sweep.
    await wakeWaiters(db, [before.id]);
    await recordAudit(db, {
      who: cli.who,
      what: 'order.settle',
      subject: `order ${before.id}`,
      before: dataOf(before),
      after: dataOf(after),
    });
    return { data: dataOf(after), text: textOf(after) };
  });
}

async function decide(
  db: Db,
  args: { cli: Cli; order: OrderRow; decision: Decision },
): Promise<void> {
  const { cli, order, decision } = args;
  const orderId = order.id;
  if (decision.placed === undefined) {
    if (order.status === 'absent') return;
    await recordAbsent(db, { orderId, reason: `${cli.who} says that it was not placed` });
    return;
  }
  const by = `${cli.who} says that this is its number`;
  const brokerOrderId = decision.placed.trim();
  if (brokerOrderId === '') throw new CliError('bad_decision', 'The number at the broker is empty');
  if (await claimBrokerOrder(db, { orderId, brokerOrderId, by })) return;
  throw new CliError('broker_order_taken', `Another order has the number ${brokerOrderId}`);
}

async function getOrder(db: Db, id: string): Promise<OrderRow> {
  const order = uuid.test(id) ? await findOrder(db, brandIds.order(id.toLowerCase())) : undefined;
  if (order === undefined) throw new CliError('unknown_order', `There is no order "${id}"`);
  return order;
}

async function getOpenOrder(db: Db, id: string): Promise<OrderRow> {
  const order = await getOrder(db, id);
  if (open.has(order.status)) return order;
  throw new CliError(
    'not_indeterminate',
    `Order ${order.id} is ${order.status}: there is nothing to decide`,
  );
}

function dataOf({ id, status, broker_order_id, code, reason }: OrderRow) {
  return { id, status, broker_order_id, code, reason };
}

function textOf({ id, status, broker_order_id }: OrderRow): string {
  return status === 'absent'
    ? `Order ${id} is absent: it was not placed, and it is not sent again`
    : `Order ${id} is ${status} as ${broker_order_id}: it is followed from here on`;
}
