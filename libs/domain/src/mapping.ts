import type { Exchange, Product } from './instrument.ts';

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
}
