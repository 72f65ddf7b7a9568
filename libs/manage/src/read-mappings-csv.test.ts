import { describe, expect, test } from 'vitest';
import { readMappingsCsv } from './read-mappings-csv.ts';

const sbin = {
  signalSymbol: 'SBIN',
  symbol: 'SBIN',
  exchange: 'NSE',
  product: 'MIS',
  quantity: 10,
  multiplier: null,
  line: 1,
};

test("OpenAlgo's own columns, without titles", () => {
  expect(readMappingsCsv('sbin,NSE,10,MIS\nNIFTY28OCT25FUT,NFO,65,NRML\n')).toEqual([
    sbin,
    {
      signalSymbol: 'NIFTY28OCT25FUT',
      symbol: 'NIFTY28OCT25FUT',
      exchange: 'NFO',
      product: 'NRML',
      quantity: 65,
      multiplier: null,
      line: 2,
    },
  ]);
});

test('titles in any order and case, with a signal symbol of its own', () => {
  const csv =
    '\uFEFFProduct,Quantity,Symbol,Exchange,Signal Symbol\r\nMIS,10.0,SBIN,NSE,"sbin1!"\r\n';
  expect(readMappingsCsv(csv)).toEqual([{ ...sbin, signalSymbol: 'SBIN1!', line: 2 }]);
});

test("an empty quantity is the signal's own", () => {
  expect(readMappingsCsv('SBIN,NSE,,MIS')).toEqual([{ ...sbin, quantity: null }]);
});

describe('what is wrong is named', () => {
  test('every line at once, by its number in the file', () => {
    const csv = 'SBIN,NSE,10,MIS\r\n\r\n\r\nSBIN,NYSE,10,MIS\r\nINFY,NSE,1.5,NRML\r\n';
    expect(() => readMappingsCsv(csv)).toThrow(
      /line 4: Invalid exchange: NYSE; line 5: Product NRML .*; line 5: Quantity/,
    );
    const titled = '\nsymbol,exchange,quantity,product\n\nSBIN,NYSE,10,MIS\n';
    expect(() => readMappingsCsv(titled)).toThrow(/^line 4: Invalid exchange/);
  });

  test('what stands beyond the columns', () => {
    expect(() => readMappingsCsv('SBIN,NSE,10,MIS\nINFY,NSE,10,MIS,limit\n')).toThrow(
      'line 2: limit is beyond the columns symbol,exchange,quantity,product',
    );
    expect(readMappingsCsv('SBIN,NSE,10,MIS,\n')).toEqual([sbin]);
  });

  test.each([
    ['symbol,quantity,product', 'exchange is missing'],
    ['symbol,exchange', 'product is missing'],
    ['exchange,product', 'symbol is missing'],
    ['symbol,exchange,product,lots', '"lots" is unknown'],
    ['symbol,exchange,product,Product Type', 'product is double'],
  ])('titles %s: %s', (titles, text) => {
    const csv = `${titles}\nSBIN,NSE,MIS,1\n`;
    expect(() => readMappingsCsv(csv)).toThrow(
      expect.objectContaining({ code: 'bad_csv', message: expect.stringContaining(text) }),
    );
  });
});

test.each([
  ['nothing', ''],
  ['titles alone', 'symbol,exchange,quantity,product\n'],
  ['an open quote', 'SBIN,"NSE,10,MIS\n'],
])('%s is refused', (_name, csv) => {
  expect(() => readMappingsCsv(csv)).toThrow(expect.objectContaining({ code: 'bad_csv' }));
});
