import { roundToPaise } from '../market/quotes.ts';

/** The sandbox's play money, in rupees. */
export interface Funds {
  available: number;
  used: number;
  realized: number;
  /** When it was first handed out, in milliseconds since the epoch. */
  readonly since: number;
}

const shareExchanges = new Set(['NSE', 'BSE']);

/** Rupees held back for an order: its value over the leverage (5 for MIS shares, 10 for futures, else 1). */
export function marginFor(order: {
  exchange: string;
  symbol: string;
  product: string;
  quantity: number;
  price: number;
}): number {
  return (order.quantity * order.price) / leverage(order);
}

function leverage({
  exchange,
  symbol,
  product,
}: Record<'exchange' | 'symbol' | 'product', string>) {
  if (shareExchanges.has(exchange)) return product === 'MIS' ? 5 : 1;
  return symbol.endsWith('FUT') ? 10 : 1;
}

/** The text of a shortage, or undefined when the money is there. */
export function shortage(funds: Funds, margin: number): string | undefined {
  if (funds.available >= margin) return undefined;
  const missing = (margin - funds.available).toFixed(2);
  return `Insufficient funds. Required: ₹${margin}, Available: ₹${funds.available.toFixed(2)}, Shortage: ₹${missing}`;
}

export function block(funds: Funds, margin: number): void {
  funds.available = roundToPaise(funds.available - margin);
  funds.used = roundToPaise(funds.used + margin);
}

/** Gives margin back with the profit made; never more than is held back. */
export function release(funds: Funds, margin: number, realized: number): void {
  const free = Math.min(margin, funds.used);
  funds.available = roundToPaise(funds.available + free + realized);
  funds.used = roundToPaise(funds.used - free);
  funds.realized = roundToPaise(funds.realized + realized);
}

/** After each fill OpenAlgo sets what is held back to the sum over the positions. */
export function reconcile(funds: Funds, positions: Iterable<{ margin: number; quantity: number }>) {
  let held = 0;
  for (const position of positions) if (position.quantity !== 0) held += position.margin;
  funds.available = roundToPaise(funds.available + funds.used - held);
  funds.used = roundToPaise(held);
}
