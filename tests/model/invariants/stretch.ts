import type { OrderRow } from '@orderlane/db/orders';
import type { OrderStatus } from '@orderlane/domain/order';
import type { History } from './history.ts';

/** A time during which an order's status was one of a set without a break, begun by a claim. */
export interface Stretch {
  order: OrderRow;
  from: Date;
  /** Undefined: it still is. */
  to: Date | undefined;
}

/** What came back from "absent" is left out: it was not claimed then, so no claim could have waited. */
export function stretchesOf(history: History, statuses: readonly OrderStatus[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { order, moves } of history.orders.values()) {
    let open: Stretch | undefined;
    for (const move of moves) {
      if (move.to === 'submitting') {
        open = { order, from: move.at, to: undefined };
        stretches.push(open);
      } else if (open !== undefined && !statuses.includes(move.to)) {
        open.to = move.at;
        open = undefined;
      }
    }
  }
  return stretches;
}

export function covers(stretch: Stretch, instant: Date): boolean {
  return stretch.from < instant && (stretch.to === undefined || instant < stretch.to);
}
