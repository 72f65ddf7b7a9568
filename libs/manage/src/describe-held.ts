import type { HeldPlace } from '@orderlane/db/held-places';

const shownAtMost = 5;

type Shown = Omit<HeldPlace, 'strategyInstrumentId' | 'strategyId' | 'accountId'>;

/** What is open, as one line. */
export function describeHeld(held: readonly Shown[]): string {
  const named = held.slice(0, shownAtMost).map(describePlace);
  return held.length > shownAtMost ? `${named.join(', ')} …` : named.join(', ');
}

function describePlace({ exchange, symbol, product, own, openOrders, ...other }: Shown): string {
  const { otherOwn, otherMode } = other;
  const orders =
    openOrders === 0 ? '' : ` and ${openOrders} open ${openOrders === 1 ? 'order' : 'orders'}`;
  const elsewhere = otherOwn === 0 ? '' : ` and ${otherOwn} in mode ${otherMode}`;
  return `${exchange}:${symbol} ${product} ${own}${elsewhere}${orders}`;
}

/** The same as programs get it and as the audit log keeps it. */
export function heldData(held: readonly HeldPlace[]) {
  return held.map((place) => ({
    account_id: place.accountId,
    exchange: place.exchange,
    symbol: place.symbol,
    product: place.product,
    own: place.own,
    ...(place.otherOwn === 0 ? {} : { [`own_${place.otherMode}`]: place.otherOwn }),
    open_orders: place.openOrders,
  }));
}
