import type { Fills } from '@orderlane/domain/follow-order';
import type { TradeRow } from '@orderlane/openalgo/wire/trade-row';

type Trade = Pick<TradeRow, 'brokerOrderId' | 'tradeId' | 'quantity' | 'averagePrice'>;

/** What traded against each order of the broker: quantities added up, the price weighed by them. */
export function sumTrades(trades: readonly Trade[]): Map<string, Fills> {
  const byOrder = Map.groupBy(trades, ({ brokerOrderId }) => brokerOrderId ?? '');
  return new Map([...byOrder].map(([id, rows]) => [id, sum(withoutRepetitions(rows))]));
}

function sum(trades: readonly Trade[]): Fills {
  let quantity = 0;
  let value: number | null = 0;
  for (const trade of trades) {
    quantity += trade.quantity;
    value =
      trade.averagePrice === null || value === null
        ? null
        : value + trade.quantity * trade.averagePrice;
  }
  return {
    quantity,
    averagePrice: value === null || quantity === 0 ? null : roundPrice(value / quantity),
  };
}

/** Few brokers number their trades; where they do, a number counts once. */
function withoutRepetitions(trades: readonly Trade[]): Trade[] {
  const seen = new Set<string>();
  return trades.filter(({ tradeId }) => {
    if (tradeId === null) return true;
    const isNew = !seen.has(tradeId);
    seen.add(tradeId);
    return isNew;
  });
}

/** To a hundredth of a paisa. */
function roundPrice(rupees: number): number {
  return Math.round(rupees * 10_000) / 10_000;
}
