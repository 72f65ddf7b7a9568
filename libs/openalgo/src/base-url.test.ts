import { expect, test } from 'vitest';
import { parseBaseUrl } from './base-url.ts';

test.each([
  ['http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
  [' http://127.0.0.1:5000/ ', 'http://127.0.0.1:5000'],
  ['HTTPS://Algo.Example.com:443//', 'https://algo.example.com'],
  ['http://127.0.0.1:5000/api/v1/', 'http://127.0.0.1:5000'],
  ['https://example.com/openalgo', 'https://example.com/openalgo'],
])('%s is %s', (text, baseUrl) => {
  expect(parseBaseUrl(text)).toBe(baseUrl);
});

test.each([
  '',
  'localhost:5000',
  'ftp://127.0.0.1',
  'http://user:secret@127.0.0.1',
  'http://127.0.0.1/?apikey=secret',
  'http://127.0.0.1/#x',
])('%j is refused without being repeated', (text) => {
  expect(() => parseBaseUrl(text)).toThrow(TypeError);
  expect(() => parseBaseUrl(text)).not.toThrow(/secret/);
});
