import type { Mapping } from '@orderlane/domain/mapping';
import { type Column, formatTable } from './table.ts';

const columns: Column<Mapping>[] = [
  { title: 'ID', of: (mapping) => mapping.id },
  { title: 'SIGNAL', of: (mapping) => mapping.signalSymbol, shrinks: true },
  { title: 'SYMBOL', of: (mapping) => mapping.symbol, shrinks: true },
  { title: 'EXCHANGE', of: (mapping) => mapping.exchange },
  { title: 'PRODUCT', of: (mapping) => mapping.product },
  { title: 'QUANTITY', of: quantityOf },
];

/** `10`, `signal's`, `signal's x 65` */
function quantityOf({ quantity, multiplier }: Mapping): string {
  const times = multiplier === null ? '' : ` x ${multiplier}`;
  return quantity === null ? `signal's${times}` : String(quantity);
}

export function mappingTable(mappings: readonly Mapping[]): string {
  return formatTable(columns, mappings);
}
