import fc from 'fast-check';
import { expect, test } from 'vitest';
import { optionalTextSchema, priceSchema, quantitySchema } from './fields.ts';

test.each([
  [5, 5],
  ['5', 5],
  [' 5.0 ', 5],
  ['-10.00', -10],
  ['+3', 3],
  [5.0, 5],
])('the quantity %j is %d', (value, quantity) => {
  expect(quantitySchema.parse(value)).toBe(quantity);
});

test.each([-0, '-0', '-0.0', '0.0'])('the quantity %j is 0 without a sign', (value) => {
  expect(Object.is(quantitySchema.parse(value), 0)).toBe(true);
});

test.each([1.5, '1.5', '', ' ', null, undefined, 'abc', '1e3', '0x10', '12,5', true, [], {}])(
  'the quantity %j is none, rather than 0',
  (value) => {
    expect(quantitySchema.safeParse(value).success).toBe(false);
  },
);

test('a quantity beyond the whole numbers of a double is none', () => {
  expect(quantitySchema.safeParse('9007199254740993').success).toBe(false);
});

test('every whole number comes through as text and as a number', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (whole) => {
      expect(quantitySchema.parse(whole)).toBe(whole === 0 ? 0 : whole);
      expect(quantitySchema.parse(`${whole}.0`)).toBe(whole === 0 ? 0 : whole);
    }),
  );
});

test.each([
  [800.05, 800.05],
  ['800.00', 800],
  ['', null],
  ['n/a', null],
  [null, null],
  [undefined, null],
])('the price %j is %j', (value, price) => {
  expect(priceSchema.parse(value)).toBe(price);
});

test.each([
  [' x ', 'x'],
  [7, '7'],
  ['', null],
  [null, null],
  [{}, null],
])('the optional text %j is %j', (value, text) => {
  expect(optionalTextSchema.parse(value)).toBe(text);
});
