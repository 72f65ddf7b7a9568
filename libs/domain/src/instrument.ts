/** Exchanges that a mapping may name (OpenAlgo's VALID_EXCHANGES less the index ones and CRYPTO). */
export const exchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX', 'NCDEX', 'NCO'] as const;
export type Exchange = (typeof exchanges)[number];

export const products = ['MIS', 'NRML', 'CNC'] as const;
export type Product = (typeof products)[number];

/** What is traded on an account: positions, order and closings are kept for each of these. */
export interface Instrument {
  exchange: Exchange;
  /** OpenAlgo's symbol, e.g. `SBIN`, `NIFTY28OCT25FUT`. */
  symbol: string;
  product: Product;
}

/** One text for an instrument, usable as a map key and as the key order of locks. */
export function instrumentKey(instrument: Instrument): string {
  return `${instrument.exchange}:${instrument.symbol}:${instrument.product}`;
}
