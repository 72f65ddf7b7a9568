/** A row of OpenAlgo's master contract. */
export interface Instrument {
  readonly symbol: string;
  readonly exchange: string;
  readonly lotSize: number;
}

const shares =
  `ACC ADANIENT ADANIPORTS AMBUJACEM APOLLOHOSP ASHOKLEY ASIANPAINT ASTEC AUROPHARMA AXISBANK BAJAJ-AUTO
  BAJAJFINSV BAJFINANCE BANDHANBNK BANKBARODA BEL BHARTIARTL BHEL BPCL BRITANNIA CANBK CIPLA COALINDIA COFORGE COLPAL
  DABUR DIVISLAB DLF DRREDDY EICHERMOT GAIL GODREJCP GRASIM HAVELLS HCLTECH HDFCBANK HDFCLIFE HEROMOTOCO HINDALCO
  HINDUNILVR ICICIBANK IDEA IDFCFIRSTB INDIGO INDUSINDBK INFY IOC IRCTC ITC JINDALSTEL JSWSTEEL KOTAKBANK LICHSGFIN LT
  LTIM LUPIN M&M MARICO MARUTI MPHASIS MRF MUTHOOTFIN NESTLEIND NMDC NTPC ONGC PAGEIND PFC PIDILITIND PNB POWERGRID RECLTD
  RELIANCE SAIL SBILIFE SBIN SEPOWER SHREECEM SIEMENS SRF SUNPHARMA SUZLON TATACHEM TATACONSUM TATAMOTORS TATAPOWER
  TATASTEEL TCS TECHM TITAN TRENT TVSMOTOR ULTRACEMCO UNITDSPR UPL VEDL VOLTAS WIPRO YESBANK ZEEL ETERNAL`.split(
    /\s+/,
  );

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

/** The simulated master contract. Where unknown symbols are accepted, every symbol is in it. */
export class Instruments {
  readonly #known = new Map<string, Instrument>();
  readonly #removed = new Set<string>();
  readonly #acceptUnknown: boolean;

  constructor(acceptUnknown: boolean) {
    this.#acceptUnknown = acceptUnknown;
    for (const symbol of shares) {
      this.add({ symbol, exchange: 'NSE', lotSize: 1 });
      this.add({ symbol, exchange: 'BSE', lotSize: 1 });
    }
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
    const listed = this.#known.get(key) ?? derivative(symbol, exchange);
    if (listed !== undefined || !this.#acceptUnknown) return listed;
    return { symbol, exchange, lotSize: 1 };
  }

  /** Symbols that contain the text, at most 500, as OpenAlgo's search gives. */
  search(query: string, exchange?: string): readonly Instrument[] {
    const wanted = query.toUpperCase();
    return [...this.#known.values()]
      .filter((row) => exchange === undefined || row.exchange === exchange)
      .filter((row) => row.symbol.includes(wanted))
      .slice(0, 500);
  }
}

/** A future or option whose underlying has a known lot: `NIFTY24FEB26FUT`. */
function derivative(symbol: string, exchange: string): Instrument | undefined {
  if (!DERIVATIVE_EXCHANGES.has(exchange)) return undefined;
  const underlying = DERIVATIVE.exec(symbol)?.[1];
  const lotSize = underlying === undefined ? undefined : lots.get(underlying);
  return lotSize === undefined ? undefined : { symbol, exchange, lotSize };
}

function keyOf(symbol: string, exchange: string): string {
  return `${exchange}:${symbol}`;
}
