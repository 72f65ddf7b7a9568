import { expect, it } from 'vitest';
import { checkMapping } from './check-mapping.ts';

const draft = {
  signalSymbol: ' nse:sbin ',
  symbol: 'sbin',
  exchange: 'nse',
  product: 'mis',
  quantity: 10,
};

it('trims and upper-cases', () => {
  expect(checkMapping(draft)).toEqual({
    ok: true,
    mapping: {
      signalSymbol: 'NSE:SBIN',
      symbol: 'SBIN',
      exchange: 'NSE',
      product: 'MIS',
      quantity: 10,
      multiplier: null,
    },
  });
});

it('needs no symbol for `*`, which passes the symbol of the sender through', () => {
  const checked = checkMapping({ ...draft, signalSymbol: '*', symbol: '' });
  expect(checked).toMatchObject({ ok: true, mapping: { signalSymbol: '*', symbol: '*' } });
});

it.each([
  [{ signalSymbol: ' ' }, 'Symbol is required'],
  [{ signalSymbol: 'A'.repeat(101) }, 'Symbol is too long'],
  [{ symbol: '' }, 'Invalid symbol: '],
  [{ symbol: 'A B' }, 'Invalid symbol: A B'],
  [{ exchange: 'NSE_INDEX' }, 'Invalid exchange: NSE_INDEX'],
  [{ product: 'BO' }, 'Invalid product: BO'],
  [{ product: 'NRML' }, 'Product NRML is not valid for NSE: use MIS or CNC'],
  [{ exchange: 'NFO', product: 'CNC' }, 'Product CNC is not valid for NFO: use MIS or NRML'],
  [{ quantity: 0 }, 'Quantity must be greater than 0'],
  [{ quantity: 1.5 }, 'Quantity must be a valid number'],
  [{ quantity: 2e9 }, 'Quantity is too large'],
])('%j: %s', (changes, text) => {
  const checked = checkMapping({ ...draft, ...changes });
  expect(checked.ok ? [] : checked.issues.map((issue) => issue.text)).toEqual([text]);
});

it('names everything that is wrong at once', () => {
  const checked = checkMapping({ ...draft, symbol: '', exchange: 'X', product: 'Y', quantity: 0 });
  expect(checked.ok ? [] : checked.issues.map((issue) => issue.field)).toEqual([
    'symbol',
    'exchange',
    'product',
    'quantity',
  ]);
});
