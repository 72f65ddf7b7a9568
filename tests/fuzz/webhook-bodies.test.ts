import { readFileSync } from 'node:fs';
import { separateSecret } from '@orderlane/domain/body-secret';
import { parseBody, storableText } from '@orderlane/domain/parse-body';
import { parseSignal } from '@orderlane/domain/parse-signal';
import { scanActionOf } from '@orderlane/domain/scan-action';
import { platforms } from '@orderlane/domain/strategy';
import { parseWholeNumber } from '@orderlane/domain/whole-number';
import { clientAddress } from '@orderlane/runtime/client-address';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyJson, endlessTexts, jsonOf, textLike, unsoundNumber } from '../support/anything.ts';

/** Bodies that senders really post: those of the cases that were verified against OpenAlgo. */
const corpus = ['webhook-cases', 'more-webhook-cases'].flatMap((name) => {
  const text = readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8');
  const cases = JSON.parse(text) as { request: { body: unknown } }[];
  return cases.map(({ request: { body } }) => {
    return typeof body === 'string' ? body : JSON.stringify(body);
  });
});

const others = [
  'symbol=SBIN&action=BUY&position_size=10',
  '{"stocks":"SBIN,INFY","trigger_prices":"800.5,1500","scan_name":"short term BUY","triggered_at":"10:05 am"}',
  '{"symbol":"NSE:SBIN","action":"sell","position_size":"-10.0","signal_id":"a-1","secret":"hush"}',
  'symbol=SBIN&action=BUY&secret=hush',
  '{"secret":"hush","symbol":"SBIN"}',
];

const names = ['symbol', 'action', 'position_size', 'quantity', 'stocks', 'scan_name', 'secret'];
const fields = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), anyJson());
const anyBody = fc.oneof(
  textLike(...corpus, ...others),
  fc.oneof(fields, anyJson()).map(jsonOf),
  fields.map((each) => new URLSearchParams(Object.entries(each).map(pairOf)).toString()),
);
const anyBytes = fc.oneof(anyBody.map(encode), fc.uint8Array({ maxLength: 300 }));

function pairOf([name, value]: [string, unknown]): [string, string] {
  return [name, String(JSON.stringify(value))];
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What the ingress makes of a body, from its bytes to what is decided on. */
function read(bytes: Uint8Array, platform: (typeof platforms)[number]) {
  const separated = separateSecret(bytes);
  const parsed = parseSignal({ body: separated.bytes, idempotencyKey: 'k', platform });
  expect(storableText(separated.bytes)).not.toContain('\0');
  expect(unsoundNumber(parsed)).toBeUndefined();
  return { separated, parsed };
}

test.each(platforms)('a body for %s is a signal or refused with a code', (platform) => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const { parsed } = read(bytes, platform);
      if (!parsed.ok) expect(parsed.refusal.code).toMatch(/^[a-z_]+$/);
    }),
    { numRuns: 1000 },
  );
});

test('what is read is the same when it is read again', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const { separated } = read(bytes, 'others');
      expect(separateSecret(separated.bytes)).toEqual({ bytes: separated.bytes, secret: null });
    }),
  );
});

test('no body changes what every object has', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const hostile = '{"__proto__":{"symbol":"X"},"constructor":{"prototype":{"action":"BUY"}}}';
  for (const body of [hostile, '__proto__=1&symbol=X', 'symbol=X&constructor=2']) {
    read(encode(body), 'others');
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as Record<string, unknown>)['symbol']).toBeUndefined();
});

describe('a whole body of', () => {
  const pieces = [
    'symbol=',
    'BUY,',
    'short ',
    'SHORT COVER ',
    '%',
    '&',
    '\\u0000',
    '"a":{',
    '[[',
    '1e',
  ];
  it.each(endlessTexts(...pieces).map((text) => [JSON.stringify(text.slice(0, 12)), text]))(
    '%s',
    (_, text) => {
      const wrapped = [
        text,
        `{"secret":"hush","symbol":${JSON.stringify(text)}}`,
        JSON.stringify({ stocks: text, scan_name: text, trigger_prices: text }),
        JSON.stringify({ symbol: text, action: text, position_size: text }),
        `symbol=${text}&secret=hush`,
      ];
      for (const body of wrapped) {
        for (const platform of platforms) read(encode(body), platform);
      }
      scanActionOf(text);
      parseWholeNumber(text);
    },
  );

  it.each([100, 1_000, 10_000, 30_000])('%d brackets, with a secret or without', (depth) => {
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const objects = `${'{"a":'.repeat(depth / 5)}1${'}'.repeat(depth / 5)}`;
    for (const value of [deep, objects]) {
      for (const body of [value, `{"symbol":"SBIN","secret":"hush","deep":${value}}`]) {
        expect(parseBody(encode(body)).ok).toBe(false);
        const { separated } = read(encode(body), 'others');
        expect(storableText(separated.bytes)).not.toContain('hush');
      }
    }
  });
});

test('who calls is told from any header, in time', () => {
  const trusted = { texts: [], has: (address: string) => address === '127.0.0.1' };
  const headers = textLike('203.0.113.7, 127.0.0.1', '[2001:db8::1]:443', '::ffff:10.0.0.1');
  const from = (forwardedFor: string) =>
    clientAddress({ socketAddress: '127.0.0.1', forwardedFor }, trusted);
  fc.assert(
    fc.property(headers, (text) => {
      expect(from(text)).toEqual(expect.any(String));
    }),
  );
  for (const text of endlessTexts('[', '1.', '::', '127.0.0.1,')) from(text);
});
