import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
  ['/orders?status=queued', '/orders?status=queued'],
  [undefined, '/'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/.//evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('%s leads to %s', (next, path) => {
  expect(localPath(next)).toBe(path);
});
