import type { Clock } from '../clock.ts';
import { byKind, type FaultHandlers } from '../faults/by-kind.ts';
import type { Fault, FaultOf } from '../faults/fault.ts';
import type { Quotes } from '../market/quotes.ts';
import type { Timers } from '../timers.ts';
import type { Book } from './book.ts';
import { matchOrder, type Venue } from './matching.ts';
import { isPending, type PlacedOrder } from './order.ts';

/** What is needed to bring an order to the market. */
export interface Market {
  readonly clock: Clock;
  readonly quotes: Quotes;
  readonly timers: Timers;
}

/** An order and where it is. */
export interface Placement {
  readonly book: Book;
  readonly order: PlacedOrder;
  readonly venue: Venue;
}

/** Brings a new order to the market, as the fault of its call wants it; without one the market decides at once. */
export function execute(market: Market, placement: Placement, fault: Fault | undefined): void {
  placement.order.held = fault !== undefined;
  if (fault === undefined) meetMarket(market, placement);
  else byKind(late, fault, { market, placement });
}

const late: FaultHandlers<{ market: Market; placement: Placement }, void> = {
  fill_late: ({ ms }, { market, placement }) =>
    market.timers.after(ms, () => fillRest(market, placement)),
  fill_part: (fault, { market, placement }) => fillPart(market, placement, fault),
  reject_late: (fault, { market, placement }) =>
    market.timers.after(fault.ms, () => rejectLate(market, placement, fault)),
};

/** Compares an order with its quote and fills what the market fills. */
export function meetMarket(market: Market, { book, order, venue }: Placement): void {
  const match = matchOrder(order, market.quotes.find(order.symbol), venue);
  const at = market.clock.now();
  if (match.kind === 'triggered') book.setStatus(order, 'open', at);
  if (match.kind !== 'fill') return;
  book.fill(order, { quantity: order.quantity - order.filledQuantity, price: match.price, at });
}

/** Fills what is left, whatever the order's own price: a fault decided it. */
export function fillRest(market: Market, { book, order }: Placement): void {
  if (!isPending(order)) return;
  order.held = false;
  const quantity = order.quantity - order.filledQuantity;
  book.fill(order, { quantity, price: faultPrice(market, order), at: market.clock.now() });
}

function fillPart(market: Market, placement: Placement, fault: FaultOf<'fill_part'>): void {
  const { book, order } = placement;
  const part = fault.quantity ?? Math.floor(order.quantity * (fault.share ?? 0.5));
  const quantity = Math.min(part, order.quantity - 1);
  if (quantity > 0) {
    book.fill(order, { quantity, price: faultPrice(market, order), at: market.clock.now() });
  }
  if (fault.restMs !== undefined) {
    market.timers.after(fault.restMs, () => fillRest(market, placement));
  }
}

function rejectLate(market: Market, { book, order }: Placement, fault: FaultOf<'reject_late'>) {
  if (!isPending(order)) return;
  order.rejectionReason = fault.message ?? 'RMS: margin exceeds available funds';
  book.setStatus(order, 'rejected', market.clock.now());
}

function faultPrice(market: Market, order: PlacedOrder): number {
  if (order.price > 0) return order.price;
  return market.quotes.find(order.symbol)?.ltp ?? (order.triggerPrice || 100);
}
