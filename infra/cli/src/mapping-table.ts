import type { FormerMapping } from '@orderlane/domain/former-mapping';
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

const formerColumns: Column<FormerMapping>[] = [
  { title: 'SIGNAL', of: (former) => former.signalSymbol, shrinks: true },
  { title: 'SYMBOL', of: (former) => former.symbol, shrinks: true },
  { title: 'EXCHANGE', of: (former) => former.exchange },
  { title: 'PRODUCT', of: (former) => former.product },
  { title: 'ACCOUNT', of: (former) => former.accountId },
];

/** What is kept for exits, with the number of the account that built it. */
export function formerTable(former: readonly FormerMapping[]): string {
  return formatTable(formerColumns, former);
}
