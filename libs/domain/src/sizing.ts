import type { MappedSymbol } from './mapping.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SignalSymbol } from './signal.ts';
import type { EntryWish } from './wish.ts';

interface Sized {
  symbol: SignalSymbol;
  mapped: MappedSymbol;
  signalQuantity: number | 'bad' | null;
}

/** The mapping's quantity, without one the signal's; in shares or units, above zero. */
export function quantityOf({ symbol, mapped, signalQuantity }: Sized): number | Refusal {
  if (mapped.mapping.quantity !== null) return mapped.mapping.quantity;
  if (signalQuantity === 'bad') {
    return refuse('bad_number', { text: 'quantity is not a whole number above zero' });
  }
  return signalQuantity ?? refuse('missing_quantity', { symbol: symbol.symbolAsSent });
}

/** What the quantity limit is held against: the target where there is one, else the quantity. */
export function sizeOf(sized: Sized, wish: EntryWish): number | Refusal {
  return wish.kind === 'enter' ? quantityOf(sized) : Math.abs(wish.target);
}
