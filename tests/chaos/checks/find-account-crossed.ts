import type { Evidence, OrderFact, TradeFact } from '../evidence/evidence.ts';
import { ownTrades, signed } from './own-trades.ts';
import type { Violation } from './violation.ts';

interface Step {
  trade: TradeFact;
  /** Null: somebody else's. */
  order: OrderFact | null;
  /** Of the call that made it. */
  calledAt: number;
}

/**
 * Overclosed: a smart exit that took the account's position across zero, or out of it. OpenAlgo computes it from the
 * position at its call, so this is what two exits do that close the same shares. Not where somebody else
 * traded there since that call: nobody could know.
 */
export function findAccountCrossed(evidence: Evidence): Violation[] {
  const orders = new Map(ownTrades(evidence).map(({ trade, order }) => [trade, order]));
  const calledAt = new Map(
    evidence.calls.flatMap(({ executed, arrivedAt }) =>
      executed.map((number) => [number, arrivedAt]),
    ),
  );
  const steps = evidence.trades
    .toSorted((one, other) => one.at - other.at)
    .map((trade) => ({
      trade,
      order: orders.get(trade) ?? null,
      calledAt: calledAt.get(trade.brokerOrderId) ?? trade.at,
    }));
  const places = Map.groupBy(steps, ({ trade: { account, mode, exchange, symbol, product } }) =>
    [account, mode, exchange, symbol, product].join(' '),
  );
  return [...places.values()].flatMap(inPlace);
}

function inPlace(steps: readonly Step[]): Violation[] {
  const found: Violation[] = [];
  let net = 0;
  for (const { trade, order, calledAt } of steps) {
    const before = net;
    net += signed(trade);
    const isSmartExit = order?.role === 'exit' && order.lane === 'smart';
    const hasCrossed = before * net < 0 || (before === 0 && net !== 0);
    const isDisturbed = steps.some(
      (other) => other.order === null && other.trade.at >= calledAt && other.trade.at <= trade.at,
    );
    if (!isSmartExit || !hasCrossed || isDisturbed) continue;
    const text = `smart exit ${order.id} took the account's ${trade.symbol} from ${before} to ${net}`;
    found.push({ kind: 'overclosed', text, orders: [order.id] });
  }
  return found;
}
