import { expect, it } from 'vitest';
import { findMapping } from './mapping.ts';
import { makeMapping } from './testing/make.ts';

const named = [
  makeMapping({ id: 1, signalSymbol: 'NIFTY1!', symbol: 'NIFTY28OCT25FUT', exchange: 'NFO' }),
  makeMapping({ id: 2, signalSymbol: 'BSE:TCS', symbol: 'TCS', exchange: 'BSE' }),
  makeMapping({ id: 3, signalSymbol: 'TCS', symbol: 'TCS' }),
];
const any = makeMapping({ id: 9, signalSymbol: '*', symbol: '*' });

it.each([
  ['NIFTY1!', 1, 'NIFTY28OCT25FUT'],
  ['NSE:NIFTY1!', 1, 'NIFTY28OCT25FUT'],
  ['BSE:TCS', 2, 'TCS'],
  ['NSE:TCS', 3, 'TCS'],
  ['SBIN', 9, 'SBIN'],
  ['NSE:M&M', 9, 'M&M'],
  ['BAJAJ-AUTO', 9, 'BAJAJ-AUTO'],
])('%s finds mapping %d and means %s', (symbol, id, meant) => {
  const found = findMapping([...named, any], symbol);
  expect([found?.mapping.id, found?.instrument.symbol]).toEqual([id, meant]);
});

it('finds nothing where nothing fits', () => {
  expect(findMapping(named, 'SBIN')).toBeUndefined();
});

it.each(['', '*', 'NSE:*', 'NSE:', 'A B', 'Ä', '../X', 'A'.repeat(51)])(
  'does not pass %j through',
  (symbol) => {
    expect(findMapping([any], symbol)).toBeUndefined();
  },
);
