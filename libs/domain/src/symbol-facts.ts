import { parseContract } from './contract.ts';
import { largestQuantity } from './whole-number.ts';

/** What OpenAlgo says of a symbol; each null where it says nothing, or nothing that can be right. */
export interface SymbolFacts {
  /** Shares or units; orders are whole lots. */
  lotSize: number | null;
  /** Shares or units: more than this no exchange takes in one order. */
  freezeQuantity: number | null;
  /** Rupees. */
  tickSize: number | null;
}

/** OpenAlgo says 1 where it knows no freeze quantity, and a freeze below one lot would stop all trading. */
export function soundFacts({ lotSize, freezeQuantity, tickSize }: SymbolFacts): SymbolFacts {
  const lot = isCount(lotSize) ? lotSize : null;
  const isFreeze = isCount(freezeQuantity) && freezeQuantity > 1 && freezeQuantity >= (lot ?? 1);
  return {
    lotSize: lot,
    freezeQuantity: isFreeze ? freezeQuantity : null,
    tickSize: tickSize !== null && Number.isFinite(tickSize) && tickSize > 0 ? tickSize : null,
  };
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isSafeInteger(value) && value > 0 && value <= largestQuantity;
}

/**
 * Whether some of these symbols is a future of a stock: then the stock is in the closing auction, which
 * takes those that have derivatives.
 */
export function hasFuture(symbols: readonly string[], stock: string): boolean {
  return symbols.some((symbol) => {
    const contract = parseContract(symbol);
    return contract?.kind === 'FUT' && contract.underlying === stock;
  });
}
