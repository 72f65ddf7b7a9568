import type { SaveIssue } from '@orderlane/domain/save-issue';
import { parseBaseUrl } from '@orderlane/openalgo/base-url';

const validName = /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9 _.-]{0,49}$/;
/** OpenAlgo takes no longer one. */
export const longestKey = 256;

/** An account as a form or the command line has it. */
export interface AccountDraft {
  name: string;
  baseUrl: string;
  apiKey: string;
}

export type CheckedAccount =
  | { ok: true; account: AccountDraft }
  | { ok: false; issues: readonly SaveIssue[] };

/** An account ready to be probed, in one spelling, or everything that is wrong with it. */
export function checkAccount(draft: AccountDraft): CheckedAccount {
  const name = draft.name.trim();
  const apiKey = draft.apiKey.trim();
  const { baseUrl, issues: addressIssues } = checkBaseUrl(draft.baseUrl);
  const issues = [...checkName(name), ...addressIssues, ...checkKey(apiKey)];
  return issues.length > 0
    ? { ok: false, issues }
    : { ok: true, account: { name, baseUrl, apiKey } };
}

function checkName(name: string): SaveIssue[] {
  const text =
    'An account name has 1 to 50 letters, digits, spaces, hyphens, dots and underscores, not digits alone';
  return validName.test(name) ? [] : [{ field: 'name', text }];
}

function checkBaseUrl(text: string): { baseUrl: string; issues: SaveIssue[] } {
  try {
    return { baseUrl: parseBaseUrl(text), issues: [] };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'This is no address';
    return { baseUrl: '', issues: [{ field: 'baseUrl', text: problem }] };
  }
}

/** What is wrong with an API key. */
export function checkKey(apiKey: string): SaveIssue[] {
  if (apiKey === '') return [{ field: 'apiKey', text: 'The API key is missing' }];
  const text = 'That is too long for an API key';
  return apiKey.length > longestKey ? [{ field: 'apiKey', text }] : [];
}
