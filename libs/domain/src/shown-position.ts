import type { Instrument } from './instrument.ts';

/** One row of a position book or of the holdings. */
export interface PositionRow {
  exchange: string;
  /** Null: OpenAlgo has no name for what the broker holds there. */
  symbol: string | null;
  product: string;
  /** Signed shares. */
  quantity: number;
}

/**
 * The account's net quantity of an instrument by a clean position book (signed shares): of its row, or
 * 0 where a book that shows another row has none. Null: an empty book, or rows that contradict each
 * other, which prove nothing (openalgo-contract 3).
 */
export function shownIn(book: readonly PositionRow[], instrument: Instrument): number | null {
  if (book.length === 0) return null;
  const { exchange, symbol, product } = instrument;
  const rows = book.filter(
    (row) => row.exchange === exchange && row.symbol === symbol && row.product === product,
  );
  // Minus zero is a zero.
  const quantities = new Set(rows.map(({ quantity }) => quantity + 0));
  if (quantities.size > 1) return null;
  return [...quantities][0] ?? 0;
}

/**
 * The same for CNC, which from the second day on is in the holdings. Some brokers take a sale of today
 * out of the holdings, others show it as a negative position: the larger of both readings is what may
 * be sold, the broker refuses more.
 */
export function shownWithHoldings(
  books: { positions: readonly PositionRow[]; holdings: readonly PositionRow[] },
  instrument: Instrument,
): number | null {
  const { exchange, symbol } = instrument;
  const kept = books.holdings.filter((row) => row.exchange === exchange && row.symbol === symbol);
  const holding = kept.reduce((sum, { quantity }) => sum + quantity, 0);
  const position = shownIn(books.positions, instrument);
  if (position === null) return holding === 0 ? null : holding;
  return Math.max(holding, holding + position);
}
