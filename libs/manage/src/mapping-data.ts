import type { Mapping } from '@orderlane/domain/mapping';

/** A mapping as programs get it and as the audit log keeps it. */
export function mappingData(mapping: Mapping) {
  return {
    id: mapping.id,
    signal_symbol: mapping.signalSymbol,
    symbol: mapping.symbol,
    exchange: mapping.exchange,
    product: mapping.product,
    quantity: mapping.quantity,
    multiplier: mapping.multiplier,
  };
}
