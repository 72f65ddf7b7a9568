import type { MappedSymbol, Mapping } from './mapping.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SignalSymbol } from './signal.ts';
import { largestQuantity } from './whole-number.ts';
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
  if (signalQuantity === null) return refuse('missing_quantity', { symbol: symbol.symbolAsSent });
  const units = inUnits(signalQuantity, mapped.mapping);
  return units > largestQuantity
    ? refuse('quantity_above_limit', { symbol: symbol.symbolAsSent })
    : units;
}

/** A sender's number in the units that OpenAlgo counts. */
export function inUnits(sent: number, { multiplier }: Pick<Mapping, 'multiplier'>): number {
  return sent * (multiplier ?? 1);
}

/** What the quantity limit is held against: the target where there is one, else the quantity. */
export function sizeOf(sized: Sized, wish: EntryWish): number | Refusal {
  return wish.kind === 'enter' ? quantityOf(sized) : Math.abs(wish.target);
}
