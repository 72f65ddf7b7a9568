import { expect, test } from 'vitest';
import { pythonFloatOf, pythonIntOf } from './number-text.ts';
import { pythonDict, pythonFloat, pythonString } from './python.ts';

test.each([
  ['plain', "'plain'"],
  ["it's", `"it's"`],
  [`both ' and "`, `'both \\' and "'`],
  ['back\\slash\n\t', "'back\\\\slash\\n\\t'"],
  ['\u0000', "'\\x00'"],
  ['₹', "'₹'"],
])('writes %j as Python does', (text, expected) => {
  expect(pythonString(text)).toBe(expected);
});

test.each([
  [1.5, '1.5'],
  [5, '5.0'],
  [0.00001, '1e-05'],
  [1e16, '1e+16'],
  [1.25e-7, '1.25e-07'],
  [Number.POSITIVE_INFINITY, 'inf'],
])('writes the float %d as Python does', (value, expected) => {
  expect(pythonFloat(value)).toBe(expected);
});

test('writes a dict of lists', () => {
  expect(pythonDict(new Map([['a', ['x', "y's"]]]))).toBe(`{'a': ['x', "y's"]}`);
});

test.each([
  ['5', 5],
  [' 5.0 ', 5],
  ['1_000', 1000],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['0x10', undefined],
  ['', undefined],
  ['1__0', undefined],
  ['-inf', Number.NEGATIVE_INFINITY],
])('reads the float %j as Python does', (text, expected) => {
  expect(pythonFloatOf(text)).toBe(expected);
});

test.each([
  ['5', 5],
  ['+5', 5],
  ['5.0', undefined],
  ['', undefined],
])('reads the integer %j as Python does', (text, expected) => {
  expect(pythonIntOf(text)).toBe(expected);
});
