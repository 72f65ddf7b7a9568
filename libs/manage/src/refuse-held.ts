import type { HeldInstrument } from '@orderlane/db/held-instruments';
import { ManageError } from './manage-error.ts';

const shownAtMost = 5;

/** @throws ManageError holds_position when anything is held, unless its owner says to forget it */
export function refuseHeld(held: readonly HeldInstrument[], mayForget: boolean): void {
  if (held.length === 0 || mayForget) return;
  throw new ManageError(
    'holds_position',
    `Still open: ${describeHeld(held)}. No exit would reach it any more; with forget (--forget) closing it is up to you`,
  );
}

/** What is open, as one line. */
export function describeHeld(held: readonly HeldInstrument[]): string {
  const named = held.slice(0, shownAtMost).map(({ exchange, symbol, product, own, openOrders }) => {
    const orders = openOrders === 0 ? '' : ` and ${openOrders} open orders`;
    return `${exchange}:${symbol} ${product} ${own}${orders}`;
  });
  return held.length > shownAtMost ? `${named.join(', ')} …` : named.join(', ');
}
