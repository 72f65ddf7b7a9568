import type { OrderId } from '@orderlane/domain/ids';

/** An order as the broker has it. */
interface Placed {
  quantity: number;
  filled: number;
  state: 'pending' | 'open' | 'filled' | 'cancelled';
}

export interface Trade {
  orderId: OrderId;
  /** Shares, unsigned. */
  quantity: number;
  /** By the log's count. */
  at: number;
}

/** What really happened, whether or not a book has been read since. */
export interface Broker {
  readonly trades: readonly Trade[];
  find(orderId: OrderId): Readonly<Placed> | undefined;
  place(args: { orderId: OrderId; quantity: number; needsApproval: boolean }): void;
  /** Somebody decides in the Action Center; what is rejected is gone. */
  decide(orderId: OrderId, isApproved: boolean): void;
  /** Fills an open order by so much, or by all that is left. */
  fill(orderId: OrderId, most?: number): void;
  /** Ends an open order; what it filled stays. */
  cancel(orderId: OrderId): void;
}

export function createBroker(tick: () => number): Broker {
  const placed = new Map<OrderId, Placed>();
  const trades: Trade[] = [];
  const openOrder = (orderId: OrderId) => {
    const order = placed.get(orderId);
    return order?.state === 'open' ? order : undefined;
  };
  return {
    trades,
    find: (orderId) => placed.get(orderId),
    place({ orderId, quantity, needsApproval }) {
      placed.set(orderId, { quantity, filled: 0, state: needsApproval ? 'pending' : 'open' });
    },
    decide(orderId, isApproved) {
      const order = placed.get(orderId);
      if (order?.state !== 'pending') return;
      if (isApproved) order.state = 'open';
      else placed.delete(orderId);
    },
    fill(orderId, most = Number.POSITIVE_INFINITY) {
      const order = openOrder(orderId);
      if (order === undefined) return;
      const quantity = Math.min(most, order.quantity - order.filled);
      order.filled += quantity;
      if (order.filled === order.quantity) order.state = 'filled';
      trades.push({ orderId, quantity, at: tick() });
    },
    cancel(orderId) {
      const order = openOrder(orderId);
      if (order !== undefined) order.state = 'cancelled';
    },
  };
}
