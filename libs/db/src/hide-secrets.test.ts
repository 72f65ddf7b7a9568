import { expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

test('what stands under the name of a secret is hidden, however deep and however spelt', () => {
  const state = {
    name: 'main',
    apiKey: 'k1',
    api_key_box: 'k2',
    'api-key': 'k3',
    webhookId: 'k4',
    webhook_url: 'http://host/k5',
    strategies: [{ shared_secret: 'k6', mappings: [{ symbol: 'SBIN' }] }],
    totpSeed: { base32: 'k7' },
    sessionToken: 8,
  };
  expect(hideSecrets(state)).toEqual({
    name: 'main',
    apiKey: '[hidden]',
    api_key_box: '[hidden]',
    'api-key': '[hidden]',
    webhookId: '[hidden]',
    webhook_url: '[hidden]',
    strategies: [{ shared_secret: '[hidden]', mappings: [{ symbol: 'SBIN' }] }],
    totpSeed: '[hidden]',
    sessionToken: '[hidden]',
  });
});

test('that there is no secret, or that there is one, may be seen', () => {
  const state = { shared_secret: null, has_password: true, at: new Date(0), quantity: 5 };
  expect(hideSecrets(state)).toEqual(state);
});
