import type { Mapping } from '@orderlane/domain/mapping';

const titles = ['signal_symbol', 'symbol', 'exchange', 'quantity', 'product', 'multiplier'];

/** Mappings as `readMappingsCsv` takes them, with a line of titles. */
export function writeMappingsCsv(mappings: readonly Mapping[]): string {
  const lines = mappings.map(
    ({ signalSymbol, symbol, exchange, quantity, product, multiplier }) => [
      quoted(signalSymbol),
      symbol,
      exchange,
      quantity ?? '',
      product,
      multiplier ?? '',
    ],
  );
  return `${[titles, ...lines].map((cells) => cells.join(',')).join('\n')}\n`;
}

/** Senders' symbols may hold anything, also what a spreadsheet would take for a formula. */
function quoted(text: string): string {
  const isPlain = /^[A-Z0-9*][A-Z0-9 &_.:!*-]*$/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
