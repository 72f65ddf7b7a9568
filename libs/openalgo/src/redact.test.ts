import { expect, test } from 'vitest';
import { createRedact } from './redact.ts';

test('takes a key out as it is, and as JSON or a URL would write it', () => {
  const redact = createRedact('a "key"/of 9');
  const said = 'a "key"/of 9, a \\"key\\"/of 9, a%20%22key%22%2Fof%209';
  expect(redact(said)).toBe('[api key], [api key], [api key]');
});

test('leaves a text whole where the key is a letter or two', () => {
  expect(createRedact('k')('Invalid openalgo apikey')).toBe('Invalid openalgo apikey');
});
