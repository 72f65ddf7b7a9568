import { expect, test } from 'vitest';
import { alertBody, webhookPath } from './alert-body.ts';
import { brandIds } from './ids.ts';
import { type Platform, platforms } from './strategy.ts';

const others = platforms.filter((platform) => platform !== 'chartink');

test.each(others)('%s: a JSON object that says what to do with what', (platform) => {
  const body: unknown = JSON.parse(
    alertBody({ platform, tradingMode: 'LONG', sharedSecretHash: null }) ?? '',
  );
  expect(body).toMatchObject({ symbol: expect.any(String), action: expect.any(String) });
  expect(body).not.toHaveProperty('position_size');
});

test.each(others)('%s: a BOTH strategy needs the position after the order', (platform) => {
  const body: unknown = JSON.parse(
    alertBody({ platform, tradingMode: 'BOTH', sharedSecretHash: null }) ?? '',
  );
  expect(body).toHaveProperty('position_size');
});

test('chartink writes its own', () => {
  expect(alertBody({ platform: 'chartink', tradingMode: null, sharedSecretHash: null })).toBeNull();
});

test.each<[Platform, string]>([
  ['tradingview', '/strategy/webhook/0b0f'],
  ['chartink', '/chartink/webhook/0b0f'],
])('the webhook of %s', (platform, path) => {
  expect(webhookPath({ platform, webhookId: brandIds.webhook('0b0f') })).toBe(path);
});

test('a strategy with a shared secret says where it stands', () => {
  const strategy = {
    platform: 'tradingview',
    tradingMode: 'LONG',
    sharedSecretHash: 'v1.a.b',
  } as const;
  expect(JSON.parse(alertBody(strategy) ?? '')).toMatchObject({ secret: '(the secret)' });
});
