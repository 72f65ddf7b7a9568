import type { Exchange, Instrument, Product } from './instrument.ts';

/** What a strategy trades when a sender names a symbol. */
export interface Mapping {
  id: number;
  /** As the sender writes it, upper-cased; `*` catches whatever no other mapping does. */
  signalSymbol: string;
  /** OpenAlgo's symbol; ignored for `*`, which passes the sender's through. */
  symbol: string;
  exchange: Exchange;
  product: Product;
  /** Shares or units; null: the signal's own quantity. */
  quantity: number | null;
  /**
   * Units for one of the sender's (its contracts), in `quantity` and `position_size`; null: one.
   */
  multiplier: number | null;
}

/** The signal symbol that catches the rest. */
export const anySymbol = '*';

export interface MappedSymbol {
  mapping: Mapping;
  instrument: Instrument;
}

const exchangePrefix = /^[A-Z_]{2,12}:/;

const openAlgoSymbol = /^[A-Z0-9][A-Z0-9&_.!-]{0,49}$/;

/** Whether a text may be one of OpenAlgo's symbols: `M&M`, `BAJAJ-AUTO`, `NIFTY28OCT2525000CE`. */
export function isOpenAlgoSymbol(symbol: string): boolean {
  return openAlgoSymbol.test(symbol);
}

/**
 * The mapping of a signal's symbol and what it means: as sent, then without a prefix such as
 * `NSE:`, then by `*`, which passes the symbol through. Undefined if none takes it.
 * @param symbol trimmed and upper-cased
 */
export function findMapping(
  mappings: readonly Mapping[],
  symbol: string,
): MappedSymbol | undefined {
  const bare = bareSymbol(symbol);
  if (bare === anySymbol) return undefined; // a sender cannot ask for the mapping itself
  const named = bySignalSymbol(mappings, symbol) ?? bySignalSymbol(mappings, bare);
  if (named !== undefined) return mapTo(named, named.symbol);
  const any = bySignalSymbol(mappings, anySymbol);
  return any !== undefined && isOpenAlgoSymbol(bare) ? mapTo(any, bare) : undefined;
}

/** Without a prefix such as `NSE:`. */
export function bareSymbol(symbol: string): string {
  return symbol.replace(exchangePrefix, '');
}

function bySignalSymbol(mappings: readonly Mapping[], symbol: string): Mapping | undefined {
  return mappings.find((mapping) => mapping.signalSymbol.trim().toUpperCase() === symbol);
}

function mapTo(mapping: Mapping, symbol: string): MappedSymbol {
  const { exchange, product } = mapping;
  return { mapping, instrument: { exchange, symbol, product } };
}
