import type { Book } from './book.ts';
import { isPending } from './order.ts';

/**
 * Lets a night pass over a book: what was bought or sold for delivery moves to the holdings, intraday positions are
 * gone (the broker closed them), carried ones stay, and the order and trade book of the new day are empty.
 */
export function overnight(book: Book): void {
  for (const order of book.orders.values()) {
    if (isPending(order)) book.setStatus(order, 'cancelled', order.placedAt);
  }
  for (const [key, position] of book.positions) {
    if (position.product === 'CNC') settleDelivery(book, position);
    if (position.product !== 'NRML' || position.quantity === 0) book.positions.delete(key);
    position.realized = 0;
  }
  book.orders.clear();
  book.trades = [];
}

function settleDelivery(book: Book, position: Parameters<Book['position']>[0]): void {
  const { symbol, exchange } = position;
  const { quantity, averagePrice } = book.position(position);
  const key = `${exchange}:${symbol}`;
  const held = book.holdings.get(key) ?? { symbol, exchange, quantity: 0, averagePrice };
  const after = held.quantity + quantity;
  if (quantity > 0) {
    held.averagePrice = (held.averagePrice * held.quantity + averagePrice * quantity) / after;
  }
  held.quantity = after;
  if (after === 0) book.holdings.delete(key);
  else book.holdings.set(key, held);
}
