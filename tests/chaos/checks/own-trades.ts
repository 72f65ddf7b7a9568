import type { Evidence, OrderFact, TradeFact } from '../evidence/evidence.ts';

/** A trade with the order of ours that it came from. */
export interface OwnTrade {
  trade: TradeFact;
  order: OrderFact;
}

/**
 * The trades of our own orders, by what the broker executed for each call. Numbers of two brokers may
 * be equal, a number of one symbol is not.
 */
export function ownTrades({ calls, orders, trades }: Evidence): OwnTrade[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const byNumber = new Map<string, OrderFact>();
  for (const { orderId, executed } of calls) {
    const order = orderId === null ? undefined : byId.get(orderId);
    if (order === undefined) continue;
    for (const number of executed) byNumber.set(`${number} ${order.symbol}`, order);
  }
  return trades.flatMap((trade) => {
    const order = byNumber.get(`${trade.brokerOrderId} ${trade.symbol}`);
    return order === undefined ? [] : [{ trade, order }];
  });
}

/** BUY adds, SELL takes away (shares). */
export function signed({ action, quantity }: TradeFact): number {
  return action === 'BUY' ? quantity : -quantity;
}
