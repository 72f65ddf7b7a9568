import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('a secret key of thirty-two letters');
const otherBox = createSecretBox('another secret key of enough length');

test('what is sealed can be opened and cannot be read', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (text) => {
      const sealed = box.seal(text);
      expect(box.open(sealed)).toBe(text);
      expect(sealed).not.toContain(text);
    }),
  );
});

test('the same text is sealed differently each time', () => {
  expect(box.seal('key')).not.toBe(box.seal('key'));
});

test('another key says that the key has changed', () => {
  expect(() => otherBox.open(box.seal('key'))).toThrow('ORDERLANE_SECRET_KEY is key');
});

test('a changed byte anywhere is found', () => {
  const [version, keyId, ...parts] = box.seal('an api key').split('.');
  for (const [at, part] of parts.entries()) {
    const bytes = Buffer.from(part, 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const altered = parts.with(at, bytes.toString('base64url'));
    expect(() => box.open([version, keyId, ...altered].join('.'))).toThrow('was altered');
  }
});

test('a shortened tag is no proof', () => {
  const [version, keyId, iv, tag, body] = box.seal('an api key').split('.');
  const shorter = Buffer.from(tag ?? '', 'base64url')
    .subarray(0, 4)
    .toString('base64url');
  expect(() => box.open([version, keyId, iv, shorter, body].join('.'))).toThrow('was altered');
});

test.each(['', 'plain text', 'v1', 'v2.00.aa.bb.cc'])('"%s" is not a sealed secret', (text) => {
  expect(() => box.open(text)).toThrow('not a sealed secret');
});

test('a fingerprint is equal for equal texts, and of no use without the key', () => {
  expect(box.fingerprint('key')).toBe(box.fingerprint('key'));
  expect(box.fingerprint('key')).not.toBe(box.fingerprint('kez'));
  expect(box.fingerprint('key')).not.toBe(otherBox.fingerprint('key'));
});
