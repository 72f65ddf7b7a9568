import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;

const byZod = /^(?:Too (?:small|big)|Invalid )/;

const kinds: Record<string, string> = {
  string: 'A text',
  number: 'A number',
  int: 'A whole number',
  boolean: 'true or false',
  array: 'A list',
  object: 'An object',
};

const formats: Record<string, string> = {
  email: 'This is no e-mail address',
  url: 'This is no address (URL)',
  date: 'A date is expected, such as 2026-10-05',
  datetime: 'A time with its zone is expected, such as 2026-10-05T09:15:00+05:30',
};

/** What is wrong with a field, in words for people; what a schema says in its own words stays. */
export function issueWords(issue: Issue): string {
  if (!byZod.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return `At most ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_type':
      return wrongType(issue);
    case 'invalid_format':
      return formats[issue.format] ?? 'It is not written as it has to be';
    case 'invalid_value':
      return `One of these is expected: ${issue.values.map(String).join(', ')}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
  }
}

function tooSmall({ minimum, origin, inclusive }: Extract<Issue, { code: 'too_small' }>): string {
  if (minimum === 1 && origin === 'string') return 'It is missing';
  if (minimum === 1 && origin === 'array') return 'Choose at least one';
  return `${inclusive === false ? 'More than' : 'At least'} ${amount(minimum, origin)}`;
}

function wrongType({ message, expected }: Extract<Issue, { code: 'invalid_type' }>): string {
  if (message.endsWith('received undefined')) return 'It is missing';
  return `${kinds[expected] ?? 'Something else'} is expected`;
}

/** `50 characters`, `12` */
function amount(count: number | bigint, origin: string): string {
  return origin === 'string' ? `${count} character${Number(count) === 1 ? '' : 's'}` : `${count}`;
}
