/** What the broker shows for an instrument, in rupees. */
export interface Quote {
  readonly ltp: number;
  readonly bid: number;
  readonly ask: number;
}

const TICK = 0.05;

/** Last prices of some shares; the others get one made from their name, so that it is always the same. */
const known: ReadonlyMap<string, number> = new Map([
  ['SBIN', 800],
  ['RELIANCE', 1400],
  ['INFY', 1500],
  ['TCS', 3500],
  ['HDFCBANK', 1700],
  ['ICICIBANK', 1250],
]);

/** The prices of the simulated market. A price set by hand stays; null means that the broker has none. */
export class Quotes {
  readonly #set = new Map<string, Quote | null>();
  readonly #made = new Map<string, Quote>();

  set(symbol: string, quote: Partial<Quote> & { ltp: number }): void {
    this.#set.set(symbol, { ...around(quote.ltp), ...quote });
  }

  setNone(symbol: string): void {
    this.#set.set(symbol, null);
  }

  find(symbol: string): Quote | undefined {
    const fixed = this.#set.get(symbol);
    if (fixed !== undefined) return fixed ?? undefined;
    let quote = this.#made.get(symbol);
    if (quote === undefined) {
      quote = around(known.get(symbol) ?? priceFromName(symbol));
      this.#made.set(symbol, quote);
    }
    return quote;
  }
}

function around(ltp: number): Quote {
  return { ltp, bid: roundToPaise(ltp - TICK), ask: roundToPaise(ltp + TICK) };
}

/** Between 100 and 999 rupees, the same for the same name. */
function priceFromName(symbol: string): number {
  let sum = 7;
  for (const character of symbol) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 900;
  return 100 + sum;
}

/** Rupees to two decimals. */
export function roundToPaise(rupees: number): number {
  return Math.round(rupees * 100) / 100;
}
