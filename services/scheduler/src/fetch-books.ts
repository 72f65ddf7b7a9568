import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Books } from '@orderlane/openalgo/books';
import type { OrderRow } from '@orderlane/openalgo/wire/order-row';
import type { Rows } from '@orderlane/openalgo/wire/rows';
import type { TradeRow } from '@orderlane/openalgo/wire/trade-row';

/** Both books as one reading of them, or why they prove nothing. */
export type FetchedBooks =
  | { kind: 'fetched'; mode: TradingModeSeen; orders: OrderRow[]; trades: TradeRow[] }
  | {
      kind: 'unclean';
      reason: string;
      isSessionDead: boolean;
      /** In which OpenAlgo answered all the same; null: it did not. */
      mode: TradingModeSeen | null;
    };

/**
 * Reads order book and trade book, in this order: what the first calls complete must be in the
 * second. An empty order book proves nothing: many adapters turn a broker's error into one.
 */
export async function fetchBooks(
  client: Pick<Books, 'readOrderBook' | 'readTradeBook'>,
  timeoutMs: number,
): Promise<FetchedBooks> {
  const orders = await client.readOrderBook({ timeoutMs });
  if (orders.kind === 'failure') return failed('order book', orders);
  const { mode } = orders;
  const flaw = flawOf(orders.value) ?? (orders.value.isEmpty ? 'it is empty' : undefined);
  if (flaw !== undefined) return unclean(`order book: ${flaw}`, mode);
  const trades = await client.readTradeBook({ timeoutMs });
  if (trades.kind === 'failure') return { ...failed('trade book', trades), mode };
  const tradeFlaw = flawOf(trades.value);
  if (tradeFlaw !== undefined) return unclean(`trade book: ${tradeFlaw}`, trades.mode);
  if (trades.mode !== mode) {
    return unclean('the analyzer was switched between the two books', trades.mode);
  }
  return { kind: 'fetched', mode, orders: orders.value.rows, trades: trades.value.rows };
}

function flawOf(book: Rows<unknown>): string | undefined {
  return book.isClean ? undefined : book.flaws.join('; ');
}

type Unclean = Extract<FetchedBooks, { kind: 'unclean' }>;

function unclean(reason: string, mode: TradingModeSeen): Unclean {
  return { kind: 'unclean', reason, isSessionDead: false, mode };
}

function failed(book: string, failure: { cause: string; reason: string }): Unclean {
  const isSessionDead = failure.cause === 'session_dead';
  return { kind: 'unclean', reason: `${book}: ${failure.reason}`, isSessionDead, mode: null };
}
