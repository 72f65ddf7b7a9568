import type { Exchange, Product } from './instrument.ts';

const cashProducts: readonly Product[] = ['MIS', 'CNC'];
const derivativeProducts: readonly Product[] = ['MIS', 'NRML'];

/** The products of an exchange: shares know no NRML, derivatives no CNC (openalgo-contract 1.5). */
export function productsOf(exchange: Exchange): readonly Product[] {
  return exchange === 'NSE' || exchange === 'BSE' ? cashProducts : derivativeProducts;
}
