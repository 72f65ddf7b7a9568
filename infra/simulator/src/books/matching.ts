import type { Quote } from '../market/quotes.ts';
import { isPending, type PlacedOrder } from './order.ts';

/** Where a market order fills: at the last price (live), or at the other side of the quote (sandbox). */
export type Venue = 'last' | 'quote';

/** What the market does with an order now. */
export type Match =
  | { readonly kind: 'fill'; readonly price: number }
  | { readonly kind: 'triggered' }
  | { readonly kind: 'rest' };

const rest: Match = { kind: 'rest' };

/** Compares a pending order with a quote. */
export function matchOrder(order: PlacedOrder, quote: Quote | undefined, venue: Venue): Match {
  if (quote === undefined || order.held || !isPending(order)) return rest;
  if (order.pricetype === 'MARKET')
    return { kind: 'fill', price: marketPrice(order, quote, venue) };
  if (order.status === 'trigger pending') return matchStop(order, quote);
  return reachesLimit(order, quote) ? { kind: 'fill', price: quote.ltp } : rest;
}

function marketPrice(order: PlacedOrder, quote: Quote, venue: Venue): number {
  if (venue === 'last') return quote.ltp;
  return order.action === 'BUY' ? quote.ask : quote.bid;
}

function matchStop(order: PlacedOrder, quote: Quote): Match {
  const triggered =
    order.action === 'BUY' ? quote.ltp >= order.triggerPrice : quote.ltp <= order.triggerPrice;
  if (!triggered) return rest;
  if (order.pricetype === 'SL-M' || reachesLimit(order, quote)) {
    return { kind: 'fill', price: quote.ltp };
  }
  return { kind: 'triggered' };
}

function reachesLimit(order: PlacedOrder, quote: Quote): boolean {
  return order.action === 'BUY' ? quote.ltp <= order.price : quote.ltp >= order.price;
}
