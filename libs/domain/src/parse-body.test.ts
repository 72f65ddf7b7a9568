import { expect, it } from 'vitest';
import { storableText } from './parse-body.ts';
import { bytes } from './testing/make.ts';

it('makes a text of any bytes that Postgres can keep', () => {
  expect(storableText(bytes('a\0b'))).toBe('a\uFFFDb');
  expect(storableText(Uint8Array.of(0x61, 0xff))).toBe('a\uFFFD');
});
