import type { Fault, FaultOf } from '../faults/fault.ts';
import type { Book } from './book.ts';
import type { Market } from './execute.ts';
import { isPending, type OrderStatus, type PlacedOrder } from './order.ts';

/** An order with the status that a read shows, which need not be its own. */
export interface SeenOrder {
  readonly order: PlacedOrder;
  readonly status: OrderStatus;
}

/** The orders of a book as a read shows them, oldest first; undefined when the adapter fails over a row. */
export function seenOrders(
  market: Market,
  book: Book,
  fault: Fault | undefined,
): readonly SeenOrder[] | undefined {
  const orders = [...book.orders.values()];
  if (fault?.kind === 'order_book_lag') {
    const at = market.clock.now() - market.timers.scaled(fault.ms);
    return orders.flatMap((order) => seenAt(order, at));
  }
  const seen = orders.map((order) => ({ order, status: order.status }));
  return fault?.kind === 'inherited_status' ? inherit(seen, fault) : seen;
}

/** The order as it was at an instant; not there when it was placed later. */
function seenAt(order: PlacedOrder, at: number): readonly SeenOrder[] {
  const state = order.states.findLast((past) => past.at <= at);
  return state === undefined ? [] : [{ order, status: state.status }];
}

/**
 * One adapter's mapping gives a row in a state it does not know the status of the row before, and fails when there is
 * none. The rows are those of the fault's order, or all that still wait.
 */
function inherit(
  seen: readonly SeenOrder[],
  { orderid }: FaultOf<'inherited_status'>,
): readonly SeenOrder[] | undefined {
  const unknown = ({ order }: SeenOrder) =>
    orderid === undefined ? isPending(order) : order.orderid === orderid;
  const rows: SeenOrder[] = [];
  for (const row of seen) {
    const before = unknown(row) ? rows.at(-1) : row;
    if (before === undefined) return undefined;
    rows.push({ ...row, status: before.status });
  }
  return rows;
}
