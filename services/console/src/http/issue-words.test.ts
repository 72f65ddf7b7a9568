import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { issueWords } from './issue-words.ts';

function said(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(issueWords) ?? [];
}

test.each([
  [z.string().min(1), '', 'It is missing'],
  [z.object({ name: z.string() }), {}, 'It is missing'],
  [z.string().min(12), 'short', 'At least 12 characters'],
  [z.string().max(3), 'long', 'At most 3 characters'],
  [z.number().min(1), 0, 'At least 1'],
  [z.number().positive(), 0, 'More than 0'],
  [z.number().max(5), 6, 'At most 5'],
  [z.array(z.string()).min(1), [], 'Choose at least one'],
  [z.number(), 'x', 'A number is expected'],
  [z.boolean(), 'x', 'true or false is expected'],
  [z.email(), 'x', 'This is no e-mail address'],
  [z.iso.date(), 'x', 'A date is expected, such as 2026-10-05'],
  [z.enum(['a', 'b']), 'x', 'One of these is expected: a, b'],
  [z.string({ error: 'Own words' }), 1, 'Own words'],
])('%#: %j is said to be "%s"', (schema, value, words) => {
  expect(said(schema, value)).toEqual([words]);
});
