import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogger } from './log.ts';

function written(facts: object, text = 'said'): string {
  let line = '';
  const destination = {
    write: (part: string) => {
      line += part;
    },
  };
  createLogger({ service: 'test', destination }).info(facts, text);
  return line;
}

test.each([
  ['at the top', { apikey: 'planted' }],
  ['in the depth', { a: { b: { c: [{ headers: { Authorization: 'Bearer planted' } }] } } }],
  ['in a JSON text', { body: JSON.stringify({ apikey: 'planted', symbol: 'SBIN' }) }],
  [
    'in a JSON text within a JSON text',
    { a: JSON.stringify({ b: JSON.stringify({ api_key: 'planted' }) }) },
  ],
  ['in a form', { body: 'symbol=SBIN&apikey=planted&x=1' }],
  ['in an address', { url: 'postgres://orderlane:planted@127.0.0.1:5432/orderlane' }],
  ['in an error', { err: new Error('POST failed: {"apikey":"planted"}') }],
  ['with quotes in it', { secret: 'a"planted' }],
])('a secret %s is hidden and the line stays JSON', (_where, facts) => {
  const line = written(facts);
  expect(line).not.toContain('planted');
  expect(line).toContain('[hidden]');
  expect(JSON.parse(line)).toMatchObject({ service: 'test', msg: 'said', level: 'info' });
});

test('what is no secret stays readable', () => {
  const facts = { symbol: 'SBIN', url: 'http://127.0.0.1:5000/api/v1', note: 'secretary: a@b.in' };
  expect(JSON.parse(written(facts))).toMatchObject(facts);
});

test('whatever is logged, the line stays JSON and the key stays out', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (anything, text) => {
      const line = written(
        { anything, apikey: 'planted-key', nested: [{ apikey: 'planted-key' }] },
        text,
      );
      expect(line).not.toContain('planted-key');
      JSON.parse(line);
    }),
  );
});
