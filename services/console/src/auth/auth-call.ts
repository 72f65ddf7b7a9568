import type { RefusalCode } from '@orderlane/domain/refusal';
import { causedError } from '@orderlane/manage/manage-error';
import { APIError } from 'better-auth';
import type { ConsoleContext } from '../http/console-env.ts';
import { clientAddressHeader } from './create-auth.ts';

/** What the sign-in library is told of a call. */
export function authHeaders(context: ConsoleContext): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = context.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const { clientAddress } = context.get('origin');
  if (clientAddress !== null) headers.set(clientAddressHeader, clientAddress);
  return headers;
}

/**
 * Asks the library, passes its cookies on, and translates what it refuses.
 * @throws ManageError
 */
export async function callAuth<T>(
  context: ConsoleContext,
  call: (asked: { headers: Headers; returnHeaders: true }) => Promise<{
    headers: Headers;
    response: T;
  }>,
): Promise<T> {
  try {
    const { headers, response } = await call({
      headers: authHeaders(context),
      returnHeaders: true,
    });
    for (const set of headers.getSetCookie()) context.header('set-cookie', set, { append: true });
    return response;
  } catch (error) {
    throw translate(error);
  }
}

const codes: Record<string, RefusalCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong_credentials',
  INVALID_EMAIL: 'wrong_credentials',
  INVALID_CODE: 'wrong_code',
  INVALID_BACKUP_CODE: 'wrong_code',
  INVALID_TWO_FACTOR_COOKIE: 'wrong_code',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'wrong_code',
  ACCOUNT_TEMPORARILY_LOCKED: 'sign_in_limited',
  INVALID_PASSWORD: 'wrong_password',
  PASSWORD_TOO_SHORT: 'invalid_request',
  PASSWORD_TOO_LONG: 'invalid_request',
  TOTP_ALREADY_ENABLED: 'two_factor_state',
  TOTP_NOT_ENABLED: 'two_factor_state',
  TWO_FACTOR_NOT_ENABLED: 'two_factor_state',
  UNAUTHORIZED: 'not_signed_in',
};

/** What the library refuses, in our words; other errors as they are. */
export function translate(error: unknown): unknown {
  if (!(error instanceof APIError)) return error;
  const code = codes[String(error.body?.code)];
  return code === undefined ? error : causedError(error, code, undefined);
}
