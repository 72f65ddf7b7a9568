import { makeMapping } from '@orderlane/domain/testing/make';
import { expect, test } from 'vitest';
import { readMappingsCsv } from './read-mappings-csv.ts';
import { writeMappingsCsv } from './write-mappings-csv.ts';

test('what is written is read as the same', () => {
  const mappings = [
    makeMapping(),
    makeMapping({ signalSymbol: 'NSE:NIFTY1!', quantity: null, multiplier: 65 }),
    makeMapping({ signalSymbol: '*', symbol: '*' }),
    makeMapping({ signalSymbol: 'A,"B"\nC' }),
    makeMapping({ signalSymbol: '=1+1' }),
  ];
  const expected = mappings.map(({ id: _id, ...mapping }) => mapping);
  const read = readMappingsCsv(writeMappingsCsv(mappings)).map(({ line: _line, ...one }) => one);
  expect(read).toEqual(expected);
});
