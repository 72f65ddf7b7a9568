import type { Refusal } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { CliError } from './cli-error.ts';

const shownAtMost = 8;

/** Everything that is wrong, in one line. */
export function saveError(
  code: 'invalid_strategy' | 'invalid_mapping',
  issues: readonly SaveIssue[],
): CliError {
  const shown = issues.slice(0, shownAtMost).map((issue) => issue.text);
  const more = issues.length - shown.length;
  return new CliError(code, [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '));
}

export function refusalError(refusal: Refusal): CliError {
  return new CliError(refusal.code, refusal.text);
}
