import { checkMapping, type MappingDraft } from '@orderlane/domain/check-mapping';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { parseWholeNumber } from '@orderlane/domain/whole-number';
import { parse } from 'csv-parse/sync';
import { causedError, ManageError, saveError } from './manage-error.ts';
import { atMapping, type MappingToAdd } from './mapping-to-add.ts';

/** What OpenAlgo's own bulk form takes, for a file without a line of titles. */
const openAlgoColumns = ['symbol', 'exchange', 'quantity', 'product'];
const ownColumns = ['signal_symbol', ...openAlgoColumns, 'multiplier'];

interface Line {
  /** Of the file, from 1, empty ones counted. */
  line: number;
  cells: readonly string[];
}

/**
 * Mappings from CSV: with a line of titles any of signal_symbol, symbol, exchange, product, quantity
 * and multiplier in any order; without one `symbol,exchange,quantity,product`.
 * @throws ManageError bad_csv, invalid_mapping: every wrong line is named by its number in the file
 */
export function readMappingsCsv(text: string): MappingToAdd[] {
  const lines = parseLines(text);
  const titles = readTitles(lines[0]?.cells ?? []);
  const rows = titles === undefined ? lines : lines.slice(1);
  if (rows.length === 0) throw new ManageError('bad_csv', 'There is no mapping in it');
  const columns = titles ?? openAlgoColumns;
  const checked = rows.map((row) => checkRow(columns, row));
  const issues = checked.flatMap((one) => (Array.isArray(one) ? one : []));
  if (issues.length > 0) throw saveError('invalid_mapping', issues);
  return checked.flatMap((one) => (Array.isArray(one) ? [] : [one]));
}

function parseLines(text: string): Line[] {
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true };
    const lines: Line[] = [];
    // The library counts a line that ends with two characters twice.
    parse(text.replaceAll(/\r\n?/g, '\n'), {
      ...options,
      on_record: (cells: string[], { lines: last }) => {
        lines.push({ line: last - breaksIn(cells), cells });
        return null;
      },
    });
    return lines;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    throw causedError(error, 'bad_csv', `This is no CSV: ${message}`);
  }
}

/** A quoted cell may go over several lines: what is told is where it begins. */
function breaksIn(cells: readonly string[]): number {
  return cells.join().split('\n').length - 1;
}

/**
 * The columns that the first line names; undefined where it is a mapping.
 * @throws ManageError bad_csv naming the columns that are unknown, double or missing
 */
function readTitles(cells: readonly string[]): string[] | undefined {
  const titles = cells.map((cell) => toTitle(cell));
  if (titles.filter((title) => ownColumns.includes(title)).length < 2) return undefined;
  const wrong = [
    ...cells.filter((_cell, at) => !ownColumns.includes(titles[at] ?? '')).map(unknownColumn),
    ...ownColumns
      .filter((title) => countOf(title, titles) > 1)
      .map((title) => `${title} is double`),
    ...['exchange', 'product'].filter((title) => !titles.includes(title)).map(missing),
    ...(titles.includes('symbol') || titles.includes('signal_symbol') ? [] : [missing('symbol')]),
  ];
  if (wrong.length === 0) return titles;
  const known = `known are ${ownColumns.join(', ')}`;
  throw new ManageError('bad_csv', `In the line of titles ${wrong.join(', ')} (${known})`);
}

function toTitle(cell: string): string {
  const title = cell.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return title === 'product_type' ? 'product' : title; // as OpenAlgo's forms call it
}

function unknownColumn(cell: string): string {
  return `"${cell}" is unknown`;
}

function missing(title: string): string {
  return `${title} is missing`;
}

function countOf(title: string, titles: readonly string[]): number {
  return titles.filter((other) => other === title).length;
}

function checkRow(columns: readonly string[], row: Line): MappingToAdd | SaveIssue[] {
  const { line, cells } = row;
  const checked = checkMapping(toDraft(columns, cells));
  const issues = [...(checked.ok ? [] : checked.issues), ...checkWidth(columns, cells)];
  if (checked.ok && issues.length === 0) return { ...checked.mapping, line };
  return issues.map((issue) => atMapping({ line }, 0, issue));
}

/** What stands under no title was meant for something; a comma at the end is not. */
function checkWidth(columns: readonly string[], cells: readonly string[]): SaveIssue[] {
  const beyond = cells.slice(columns.length).filter((cell) => cell !== '');
  if (beyond.length === 0) return [];
  const text = `${beyond.join(',')} is beyond the columns ${columns.join(',')}`;
  return [{ field: 'columns', text }];
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
