import { type Refusal, type RefusalCode, refusalCodes, refuse } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';

interface ManageErrorDetails {
  /** What is wrong with which field. */
  issues?: readonly SaveIssue[];
  cause?: unknown;
}

/** Something that a person asked for and that cannot be done: a code of the closed list, in one line. */
export class ManageError extends Error {
  override readonly name = 'ManageError';
  readonly code: RefusalCode;
  readonly httpStatus: number;
  readonly issues: readonly SaveIssue[];

  /** @param text replaces the list's own */
  constructor(code: RefusalCode, text?: string, details: ManageErrorDetails = {}) {
    const refusal = refuse(code, text === undefined ? {} : { text });
    super(refusal.text, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.httpStatus = errorStatusOf(code);
    this.issues = details.issues ?? [];
  }
}

/**
 * The HTTP status of an error. What is no fault of a webhook's sender, such as an exit of what is not
 * held, is answered 200 there; whoever asked for just that is told that it cannot be done.
 */
export function errorStatusOf(code: RefusalCode): number {
  const { httpStatus } = refusalCodes[code];
  return httpStatus === 200 ? 409 : httpStatus;
}

/** The same, for what was caught. */
export function causedError(
  cause: unknown,
  code: RefusalCode,
  text: string | undefined,
): ManageError {
  return new ManageError(code, text, { cause });
}

/** The error that a refusal of the domain is. */
export function refusalError({ code, text }: Refusal): ManageError {
  return new ManageError(code, text);
}

const shownAtMost = 8;

/** Everything that is wrong, in one line and field by field. */
export function saveError(
  code: 'invalid_strategy' | 'invalid_mapping' | 'invalid_account' | 'invalid_calendar_entry',
  issues: readonly SaveIssue[],
): ManageError {
  const shown = issues.slice(0, shownAtMost).map((issue) => issue.text);
  const more = issues.length - shown.length;
  const text = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return new ManageError(code, text, { issues });
}
