/** A row of OpenAlgo's master contract. */
export interface Instrument {
  readonly symbol: string;
  readonly exchange: string;
  readonly lotSize: number;
  /** The most that one order may have; the exchange's value, 1 where OpenAlgo has none. */
  readonly freezeQuantity?: number;
  /** The company, where it is known; search looks at it too. */
  readonly name?: string;
}

/** Lot sizes of index derivatives from January 2026; shares' derivatives and commodities vary, so they are set by hand. */
const lots: ReadonlyMap<string, number> = new Map([
  ['NIFTY', 65],
  ['BANKNIFTY', 30],
  ['FINNIFTY', 60],
  ['MIDCPNIFTY', 120],
  ['NIFTYNXT50', 25],
  ['SENSEX', 20],
  ['BANKEX', 30],
]);

const DERIVATIVE = /^([A-Z][A-Z0-9&-]*?)\d{2}[A-Z]{3}\d{2}(?:FUT|\d+(?:\.\d+)?(?:CE|PE))$/;
const DERIVATIVE_EXCHANGES = new Set(['NFO', 'BFO', 'CDS', 'BCD', 'MCX', 'NCDEX', 'CRYPTO']);

/** What a master contract holds. */
export interface Listing {
  readonly instruments: readonly Instrument[];
  /** Every other symbol is in it too. */
  readonly acceptUnknown: boolean;
}

/** The simulated master contract. */
export class Instruments {
  readonly #known = new Map<string, Instrument>();
  readonly #removed = new Set<string>();
  readonly #acceptUnknown: boolean;

  constructor({ instruments, acceptUnknown }: Listing) {
    this.#acceptUnknown = acceptUnknown;
    for (const instrument of instruments) this.add(instrument);
  }

  add(instrument: Instrument): void {
    this.#removed.delete(keyOf(instrument.symbol, instrument.exchange));
    this.#known.set(keyOf(instrument.symbol, instrument.exchange), instrument);
  }

  remove(symbol: string, exchange: string): void {
    this.#removed.add(keyOf(symbol, exchange));
    this.#known.delete(keyOf(symbol, exchange));
  }

  find(symbol: string, exchange: string): Instrument | undefined {
    const key = keyOf(symbol, exchange);
    if (this.#removed.has(key)) return undefined;
    const listed = this.#known.get(key);
    if (listed !== undefined || !this.#acceptUnknown) return listed;
    return { symbol, exchange, lotSize: lotSizeOf(symbol, exchange) };
  }

  /** The number of a row, from 1; 0 for a symbol that is accepted without being listed. */
  rowNumber(instrument: Instrument): number {
    return [...this.#known.values()].indexOf(instrument) + 1;
  }

  /** Symbols that contain the text, at most 500, as OpenAlgo's search gives. */
  search(query: string, exchange?: string): readonly Instrument[] {
    const words = query.toUpperCase().split(/\s+/);
    return [...this.#known.values()]
      .filter((row) => exchange === undefined || row.exchange === exchange)
      .filter((row) => words.every((word) => textOf(row).includes(word)))
      .slice(0, 500);
  }
}

/** The lot of a future or option by its underlying, as in `NIFTY24FEB26FUT`; 1 where it is not known. */
export function lotSizeOf(symbol: string, exchange: string): number {
  if (!DERIVATIVE_EXCHANGES.has(exchange)) return 1;
  const underlying = DERIVATIVE.exec(symbol)?.[1];
  return (underlying === undefined ? undefined : lots.get(underlying)) ?? 1;
}

function textOf({ symbol, name = '' }: Instrument): string {
  return `${symbol} ${name.toUpperCase()}`;
}

function keyOf(symbol: string, exchange: string): string {
  return `${exchange}:${symbol}`;
}
