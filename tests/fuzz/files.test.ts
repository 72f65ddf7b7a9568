import { checkMapping } from '@orderlane/domain/check-mapping';
import { exchanges, products } from '@orderlane/domain/instrument';
import { convertStrategy } from '@orderlane/domain/move-in/convert-strategy';
import { ManageError } from '@orderlane/manage/manage-error';
import { readMappingsCsv } from '@orderlane/manage/read-mappings-csv';
import { writeMappingsCsv } from '@orderlane/manage/write-mappings-csv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endlessTexts, textLike, unsoundNumber } from '../support/anything.ts';

const titles = 'signal_symbol,symbol,exchange,quantity,product,multiplier\n';
const files = [
  'SBIN,NSE,10,MIS\nINFY,NSE,5,CNC\n',
  `${titles}NSE:SBIN,SBIN,NSE,10,MIS,\n*,,NFO,,NRML,1\n`,
  '\uFEFFSymbol;Exchange;Quantity;Product Type\r\nSBIN;NSE;1;MIS\r\n',
  'symbol,exchange,quantity,product_type\n"SB""IN",NSE,"1",MIS\n',
];

/** The mappings of a file; undefined where it is refused, which names what is wrong. */
function read(text: string) {
  try {
    const mappings = readMappingsCsv(text);
    expect(unsoundNumber(mappings)).toBeUndefined();
    return mappings;
  } catch (error) {
    expect(error).toBeInstanceOf(ManageError);
    expect((error as ManageError).message).not.toBe('');
    return undefined;
  }
}

test('a file of mappings is read or refused by its lines', () => {
  const rows = fc.array(fc.array(textLike('SBIN', 'NSE', '10', 'MIS', ''), { maxLength: 8 }));
  const written = rows.map((cells) => cells.map((row) => row.join(',')).join('\n'));
  const any = fc.oneof(
    textLike(...files),
    written,
    written.map((text) => titles + text),
  );
  fc.assert(
    fc.property(any, (text) => void read(text)),
    { numRuns: 300 },
  );
  for (const text of endlessTexts('SBIN,NSE,10,MIS\n', '"",', '\r', '\t')) {
    read(text);
    read(titles + text);
  }
});

test('mappings that may be kept are read back as they were written', () => {
  const drafts = fc.record({
    signalSymbol: textLike('SBIN', 'NSE:SBIN', '*', '=SBIN', '"SBIN"', 'A,B'),
    symbol: textLike('SBIN', 'NIFTY28OCT25FUT'),
    exchange: fc.constantFrom(...exchanges),
    product: fc.constantFrom(...products),
    quantity: fc.option(fc.integer({ min: 1, max: 1000 })),
  });
  fc.assert(
    fc.property(drafts, (draft) => {
      const checked = checkMapping(draft);
      if (!checked.ok) return;
      const back = read(writeMappingsCsv([{ ...checked.mapping, id: 1 }]));
      expect(back).toEqual([{ ...checked.mapping, line: 2 }]);
    }),
    { numRuns: 300 },
  );
});

const column = (...seeds: string[]) => fc.option(textLike(...seeds));
const time = column('09:20', '9:15', '15:15:00', '25:00');
const strategies = fc.record({
  source: fc.constantFrom('strategies' as const, 'chartink_strategies' as const),
  id: fc.nat().map(String),
  name: column('My strategy', 'tradingview_demo'),
  webhookId: column('0192aaaa-0000-4000-8000-000000000001'),
  platform: column('tradingview', 'chartink'),
  tradingMode: column('LONG', 'both'),
  isActive: column('1', '0', 'true'),
  isIntraday: column('1', '0'),
  startTime: time,
  endTime: time,
  squareoffTime: time,
  mappings: fc.array(
    fc.record({
      symbol: column('SBIN'),
      exchange: column('NSE', 'NFO'),
      quantity: column('10', '0.5'),
      product: column('MIS', 'NRML'),
    }),
    { maxLength: 3 },
  ),
});

test("a strategy of OpenAlgo's database is taken as it may be kept, or refused in words", () => {
  const today = Temporal.PlainDate.from('2026-10-05');
  fc.assert(
    fc.property(strategies, (strategy) => {
      const converted = convertStrategy(strategy, { taken: new Set(['demo']), today });
      expect(unsoundNumber(converted)).toBeUndefined();
      expect(converted.draft !== undefined || converted.refused.length > 0).toBe(true);
      expect(converted.draft?.name ?? 'abc').toMatch(/^[A-Za-z0-9 _-]{3,50}$/);
    }),
    { numRuns: 300 },
  );
});
