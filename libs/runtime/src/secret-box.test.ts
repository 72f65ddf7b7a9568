import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('a secret key of thirty-two letters');
const otherBox = createSecretBox('another secret key of enough length');
const changingBox = createSecretBox(
  'another secret key of enough length',
  'a secret key of thirty-two letters',
);

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

test('while the key is replaced the old one opens, and the new one seals', () => {
  const sealed = box.seal('key');
  expect(changingBox.open(sealed)).toBe('key');
  expect(changingBox.sealedUnder(sealed)).toBe('old');
  const anew = changingBox.seal('key');
  expect(otherBox.open(anew)).toBe('key');
  expect(changingBox.sealedUnder(anew)).toBe('current');
  expect(() => box.open(anew)).toThrow(`sealed under key ${otherBox.keyId}`);
  expect(box.sealedUnder(anew)).toBe('foreign');
  expect(box.sealedUnder('plain text')).toBe('nothing');
});

test('what was sealed under neither key says which ones are known', () => {
  const third = createSecretBox('a third secret key of enough length');
  expect(() => changingBox.open(third.seal('key'))).toThrow(
    new RegExp(`key ${third.keyId}.* key ${otherBox.keyId}.*_OLD is key ${box.keyId}`),
  );
});

test('a fingerprint is found under the old key, too', () => {
  expect(changingBox.fingerprints('key')).toEqual([
    otherBox.fingerprint('key'),
    box.fingerprint('key'),
  ]);
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
