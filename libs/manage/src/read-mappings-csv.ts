import { checkMapping, type MappingDraft } from '@orderlane/domain/check-mapping';
import type { Mapping } from '@orderlane/domain/mapping';
import { parseWholeNumber } from '@orderlane/domain/whole-number';
import { parse } from 'csv-parse/sync';
import { causedError, ManageError, saveError } from './manage-error.ts';

/** What OpenAlgo's own bulk form takes, for a file without a line of titles. */
const openAlgoColumns = ['symbol', 'exchange', 'quantity', 'product'];

/**
 * Mappings from CSV: with a line of titles any of signal_symbol, symbol, exchange, product, quantity
 * and multiplier in any order; without one `symbol,exchange,quantity,product`.
 * @throws ManageError bad_csv, invalid_mapping: every wrong line is named
 */
export function readMappingsCsv(text: string): Omit<Mapping, 'id'>[] {
  const lines = parseLines(text);
  const titles = lines[0]?.map((cell) => cell.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? [];
  const hasTitles = titles.includes('exchange');
  const columns = hasTitles ? titles : openAlgoColumns;
  const rows = hasTitles ? lines.slice(1) : lines;
  if (rows.length === 0) throw new ManageError('bad_csv', 'There is no mapping in it');
  const checked = rows.map((cells) => checkMapping(toDraft(columns, cells)));
  const issues = checked.flatMap((one, index) =>
    one.ok
      ? []
      : one.issues.map(({ field, text: problem }) => ({
          field: `${index + 1}.${field}`,
          text: `mapping ${index + 1}: ${problem}`,
        })),
  );
  if (issues.length > 0) throw saveError('invalid_mapping', issues);
  return checked.flatMap((one) => (one.ok ? [one.mapping] : []));
}

function parseLines(text: string): string[][] {
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true };
    return parse(text, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    throw causedError(error, 'bad_csv', `This is no CSV: ${message}`);
  }
}

function toDraft(columns: readonly string[], cells: readonly string[]): MappingDraft {
  const cell = (title: string) => cells[columns.indexOf(title)] ?? '';
  const symbol = cell('symbol');
  const quantity = cell('quantity');
  return {
    signalSymbol: cell('signal_symbol') || symbol,
    symbol: symbol || cell('signal_symbol'),
    exchange: cell('exchange'),
    product: cell('product'),
    quantity: numberIn(quantity),
    multiplier: numberIn(cell('multiplier')),
  };
}

/** NaN where it is no number: the check says so. */
function numberIn(cell: string): number | null {
  return cell === '' ? null : (parseWholeNumber(cell) ?? Number.NaN);
}
