import { expect, test } from 'vitest';
import { checkSecretKey } from './check-secret-key.ts';
import { ConfigError } from './config-error.ts';
import { createSecretBox } from './secret-box.ts';

const oldKey = 'a secret key of thirty-two letters';
const newKey = 'another secret key of enough length';
const oldBox = createSecretBox(oldKey);
const newBox = createSecretBox(newKey);

test('a key under which nothing was sealed is refused, with what to do', () => {
  const sealed = [oldBox.seal('a'), oldBox.seal('b')];
  expect(() => checkSecretKey(newBox, sealed)).toThrow(ConfigError);
  expect(() => checkSecretKey(newBox, sealed)).toThrow(
    new RegExp(`it is key ${newBox.keyId}, .* under key ${oldBox.keyId}\\. Set that key again`),
  );
});

test('it passes with the right key, with the old one beside it, and where nothing is sealed', () => {
  checkSecretKey(oldBox, [oldBox.seal('a')]);
  checkSecretKey(createSecretBox(newKey, oldKey), [oldBox.seal('a')]);
  checkSecretKey(newBox, []);
});

test('some secrets of another key, or altered ones, do not keep the others from being used', () => {
  checkSecretKey(newBox, [oldBox.seal('a'), newBox.seal('b')]);
  checkSecretKey(newBox, ['altered']);
  checkSecretKey(newBox, [`${newBox.seal('a')}x`]);
});
