import { describe, expect, it } from 'vitest';
import { type PositionRow, shownIn, shownWithHoldings } from './shown-position.ts';

const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
const row = (quantity: number, changes: Partial<PositionRow> = {}): PositionRow => ({
  ...sbin,
  quantity,
  ...changes,
});
const infy = row(5, { symbol: 'INFY' });

describe('the position book', () => {
  it.each([
    ['its row', [infy, row(-10)], -10],
    ['a row of 0', [row(0)], 0],
    ['minus zero', [row(-0)], 0],
    ['no row beside another', [infy], 0],
    ["another product's row", [row(10, { product: 'CNC' })], 0],
    ['an empty book', [], null],
    ['the same row twice', [row(10), row(10)], 10],
    ['rows that contradict each other', [row(10), row(0)], null],
    ['a row without a name beside it', [row(7, { symbol: null }), row(3)], 3],
  ])('%s', (_what, book, shown) => {
    expect(Object.is(shownIn(book, sbin), shown)).toBe(true);
  });
});

describe('CNC', () => {
  const cnc = { ...sbin, product: 'CNC' } as const;
  const held = row(10, { product: 'CNC' });
  it.each([
    ['bought on an earlier day', [infy], [held], 10],
    ['bought today', [row(5, { product: 'CNC' })], [], 5],
    ['sold in part, holdings as they were', [row(-4, { product: 'CNC' })], [held], 10],
    ['sold in part, holdings less', [row(-4, { product: 'CNC' })], [row(6)], 6],
    ['the books are empty', [], [], null],
    ['holdings beside an empty position book', [], [held], 10],
  ])('%s', (...[, positions, holdings, shown]) => {
    expect(shownWithHoldings({ positions, holdings }, cnc)).toBe(shown);
  });
});
