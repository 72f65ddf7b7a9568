import { expect, test } from 'vitest';
import { hashSharedSecret, isSharedSecret, newSharedSecret } from './shared-secret.ts';

test('a secret is known by its hash, and no other is', () => {
  const secret = newSharedSecret();
  const hash = hashSharedSecret(secret);
  expect(hash).not.toContain(secret);
  expect(hashSharedSecret(secret)).not.toBe(hash);
  expect(isSharedSecret(hash, secret)).toBe(true);
  for (const wrong of [`${secret} `, secret.slice(1), '', null]) {
    expect([wrong, isSharedSecret(hash, wrong)]).toEqual([wrong, false]);
  }
});

test('what is no hash knows no secret', () => {
  for (const broken of ['', 'v1', 'v1.salt.', 'v2.a.b', 'v1.salt.AAAA']) {
    expect([broken, isSharedSecret(broken, '')]).toEqual([broken, false]);
  }
});
