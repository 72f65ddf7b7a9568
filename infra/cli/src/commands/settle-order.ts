import type { OrderRow } from '@orderlane/db/orders';
import * as settlement from '@orderlane/manage/settle-order';
import type { Answer, Cli } from '../cli.ts';
import { inTransaction } from '../with-db.ts';

/** Settles an order whose fate Orderlane cannot find out by itself. @throws ManageError */
export async function settleOrder(cli: Cli, decision: settlement.Decision): Promise<Answer> {
  const { order } = await inTransaction(
    cli,
    // Who waited for it comes back to its lane with the next sweep.
    async (manager) => await settlement.settleOrder(manager, decision),
  );
  return { data: settlement.fateData(order), text: textOf(order) };
}

function textOf({ id, status, broker_order_id }: OrderRow): string {
  return status === 'absent'
    ? `Order ${id} is absent: it was not placed, and it is not sent again`
    : `Order ${id} is ${status} as ${broker_order_id}: it is followed from here on`;
}
