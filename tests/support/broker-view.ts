import { placeCalls } from './place-calls.ts';
import { brokerBook } from './square-off.ts';
import type { Stack } from './stack.ts';

interface Trade {
  orderid: string;
  symbol: string;
  action: 'BUY' | 'SELL';
  quantity: number;
  at: number;
}

/** BUY adds, SELL takes away (shares). */
const signed = ({ action, quantity }: Pick<Trade, 'action' | 'quantity'>) =>
  action === 'BUY' ? quantity : -quantity;

const net = (trades: readonly Trade[]) => trades.reduce((sum, trade) => sum + signed(trade), 0);

/** What each strategy's orders filled at the broker, by the header that each call carried (shares). */
export async function boughtBy(
  stack: Stack,
  symbol: string,
): Promise<(strategyId: number) => number> {
  const rows = await stack.db.selectFrom('orders').select(['id', 'strategy_id']).execute();
  const owners = new Map<string, number>(rows.map((row) => [row.id, row.strategy_id]));
  const made = new Map<string, number>();
  for (const { order, executed } of placeCalls(stack.simulator)) {
    const owner = owners.get(order?.split('/')[0] ?? '');
    if (owner !== undefined) for (const { orderid } of executed) made.set(orderid, owner);
  }
  const trades = brokerBook(stack).trades.filter((trade) => trade.symbol === symbol);
  return (strategyId) => net(trades.filter(({ orderid }) => made.get(orderid) === strategyId));
}

/** The lowest and the highest position that the account ever had in a symbol, trade by trade (shares). */
export function extremes(stack: Stack, symbol: string): { lowest: number; highest: number } {
  let held = 0;
  const seen = [0];
  for (const trade of brokerBook(stack).trades) {
    if (trade.symbol !== symbol) continue;
    held += signed(trade);
    seen.push(held);
  }
  return { lowest: Math.min(...seen), highest: Math.max(...seen) };
}

/**
 * Symbols of closings that were called verified while the broker still held something there: what
 * traded until then does not come to nothing. Database and simulator share the machine's clock.
 */
export async function falselyVerified(stack: Stack): Promise<string[]> {
  const rows = await stack.db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select(['si.symbol', 'closings.ended_at'])
    .where('closings.status', '=', 'verified')
    .execute();
  const { trades } = brokerBook(stack);
  return rows.flatMap(({ symbol, ended_at }) => {
    const until = ended_at?.getTime() ?? 0;
    const traded = trades.filter((trade) => trade.symbol === symbol && trade.at <= until);
    return net(traded) === 0 ? [] : [symbol];
  });
}
