import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { renderReasonCodes } from '../../tools/src/reason-codes.ts';

it('docs/reason-codes.md is what `npm run docs` writes', async () => {
  const document = new URL('../../docs/reason-codes.md', import.meta.url);
  expect(await readFile(document, 'utf8')).toBe(renderReasonCodes());
});
