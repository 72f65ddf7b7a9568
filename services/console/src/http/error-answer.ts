import { isPostgresAway } from '@orderlane/db/postgres-away';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { errorStatusOf, ManageError } from '@orderlane/manage/manage-error';
import { SecretBoxError } from '@orderlane/runtime/secret-box';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The one shape of every error. */
export interface ErrorBody {
  status: 'error';
  /** Of the closed list (docs/reason-codes.md). */
  code: string;
  /** For people. */
  error: string;
  /** What is wrong with which field of the request; empty where it is about the whole. */
  details: { field: string; error: string }[];
}

export function refusalAnswer(
  context: Context,
  { code, text, httpStatus }: Pick<Refusal, 'code' | 'text' | 'httpStatus'>,
  issues: readonly SaveIssue[] = [],
): Response {
  const details = issues.map(({ field, text: error }) => ({ field: snakeCase(field), error }));
  const body: ErrorBody = { status: 'error', code, error: text, details };
  return context.json(body, httpStatus as ContentfulStatusCode);
}

/** The one place where a fault becomes an HTTP status; `onFault` is told of what nobody expected. */
export function errorAnswer(
  context: Context,
  error: unknown,
  onFault: (error: unknown) => void,
): Response {
  if (error instanceof ManageError) {
    const { code, message: text, httpStatus, issues } = error;
    return refusalAnswer(context, { code, text, httpStatus }, issues);
  }
  if (error instanceof HTTPException && error.status < 500) {
    if (error.status === 415) return refusalAnswer(context, refuse('unsupported_media_type'));
    const refusal = refuse('invalid_request', { text: error.message });
    return refusalAnswer(context, { ...refusal, httpStatus: error.status });
  }
  onFault(error);
  if (error instanceof SecretBoxError) {
    const refusal = refuse('key_unreadable', { text: error.message });
    return refusalAnswer(context, { ...refusal, httpStatus: errorStatusOf('key_unreadable') });
  }
  return refusalAnswer(
    context,
    refuse(isPostgresAway(error) ? 'store_unavailable' : 'internal_error'),
  );
}

/** `startTime` of the code is `start_time` of the API. */
function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
