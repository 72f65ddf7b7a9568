import { expect, test } from 'vitest';
import { readMappingsCsv } from './read-mappings-csv.ts';

const sbin = {
  signalSymbol: 'SBIN',
  symbol: 'SBIN',
  exchange: 'NSE',
  product: 'MIS',
  quantity: 10,
  multiplier: null,
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
    },
  ]);
});

test('titles in any order and case, with a signal symbol of its own', () => {
  const csv =
    '\uFEFFProduct,Quantity,Symbol,Exchange,Signal Symbol\r\nMIS,10.0,SBIN,NSE,"sbin1!"\r\n';
  expect(readMappingsCsv(csv)).toEqual([{ ...sbin, signalSymbol: 'SBIN1!' }]);
});

test("an empty quantity is the signal's own", () => {
  expect(readMappingsCsv('SBIN,NSE,,MIS')).toEqual([{ ...sbin, quantity: null }]);
});

test('every wrong line is named at once', () => {
  const csv = 'SBIN,NSE,10,MIS\nSBIN,NYSE,10,MIS\nINFY,NSE,1.5,NRML\n';
  expect(() => readMappingsCsv(csv)).toThrow(
    /mapping 2: Invalid exchange: NYSE; mapping 3: Product NRML .*; mapping 3: Quantity/,
  );
});

test.each([
  ['nothing', ''],
  ['titles alone', 'symbol,exchange,quantity,product\n'],
  ['an open quote', 'SBIN,"NSE,10,MIS\n'],
])('%s is refused', (_name, csv) => {
  expect(() => readMappingsCsv(csv)).toThrow(expect.objectContaining({ code: 'bad_csv' }));
});
