import type { Book } from '../books/book.ts';
import type { OrderRequest } from '../books/order.ts';

/** Why shares for delivery cannot be sold: the sandbox knows no delivery short. */
export function deliveryRefusal(book: Book, order: OrderRequest): string | undefined {
  if (order.action !== 'SELL' || order.product !== 'CNC') return undefined;
  const position = book.quantityOf(order);
  const holding = Math.max(
    0,
    book.holdings.get(`${order.exchange}:${order.symbol}`)?.quantity ?? 0,
  );
  const available = position + holding;
  if (available <= 0) {
    return `Cannot sell ${order.symbol} in CNC. No positions or holdings available. CNC (delivery) requires existing shares. Use MIS for intraday short selling.`;
  }
  if (order.quantity <= available) return undefined;
  return `Cannot sell ${order.quantity} shares of ${order.symbol} in CNC. Only ${available} shares available (Position: ${position}, Holdings: ${holding})`;
}
