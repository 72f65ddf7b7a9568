import type { z } from '@hono/zod-openapi';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { ManageError } from '@orderlane/manage/manage-error';
import { issueWords } from './issue-words.ts';

type Issue = z.core.$ZodIssue;

/** What zod finds wrong with a request, field by field. */
export function invalidRequest({ issues }: { issues: readonly Issue[] }): ManageError {
  const named = issues.flatMap((issue) => nameFields(issue));
  const text = named.map(({ field, text: problem }) => (field ? `${field}: ${problem}` : problem));
  return new ManageError('invalid_request', text.slice(0, 8).join('; '), { issues: named });
}

function nameFields(issue: Issue): SaveIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      text: 'There is no such field or parameter here',
    }));
  }
  if (issue.code === 'invalid_union') {
    const meant = leastWrong(issue.errors);
    if (meant.length > 0) {
      return meant.map(({ field, text }) => ({
        field: [...issue.path, ...(field === '' ? [] : [field])].join('.'),
        text,
      }));
    }
  }
  return [{ field: issue.path.join('.'), text: issueWords(issue) }];
}

/** Of several forms the one that was meant: that which the fewest fields keep from being right. */
function leastWrong(forms: readonly (readonly Issue[])[]): SaveIssue[] {
  const named = forms.map((issues) => issues.flatMap((issue) => nameFields(issue)));
  return named.sort((one, other) => one.length - other.length)[0] ?? [];
}
