import type { Evidence, OrderFact, TradeFact } from '../evidence/evidence.ts';

/** A trade with the order of ours that it came from. */
export interface OwnTrade {
  trade: TradeFact;
  order: OrderFact;
}

/** A change of a strategy's own position in one instrument at the broker: a trade, or a correction. */
export interface PositionStep {
  at: number;
  /** Signed shares. */
  change: number;
  /** Null: somebody else closed it, so it is the strategy's no longer. */
  order: OrderFact | null;
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

/**
 * How each strategy's own positions moved in one mode, by the broker's trades (or the analyzer's). Those
 * of smart orders are left out: they move the account.
 */
export function ownSteps(
  evidence: Evidence,
  mode: TradeFact['mode'] = 'live',
): Map<number, PositionStep[]> {
  const traded = ownTrades(evidence)
    .filter(({ trade, order }) => trade.mode === mode && order.lane === 'regular')
    .map(({ trade, order }) => ({
      ...{ at: trade.at, change: signed(trade), order },
      strategyInstrumentId: order.strategyInstrumentId,
    }));
  const corrected = evidence.corrections
    .filter((correction) => correction.mode === mode)
    .map((correction) => ({ ...correction, order: null }));
  const steps = [...traded, ...corrected].toSorted((one, other) => one.at - other.at);
  return Map.groupBy(steps, ({ strategyInstrumentId }) => strategyInstrumentId);
}

/** BUY adds, SELL takes away (shares). */
export function signed({ action, quantity }: TradeFact): number {
  return action === 'BUY' ? quantity : -quantity;
}
