import type { RefusalEntry } from './refusal-entry.ts';

/** Given by the console to whoever calls it, before or instead of what was asked. */
export const consoleCodes = {
  not_signed_in: {
    text: 'Sign in first',
    httpStatus: 401,
    meaning: 'No session and no API key, or one that has expired, was revoked or is not known.',
    cure: 'Sign in, or send `Authorization: Bearer <api key>`.',
  },
  not_allowed: {
    text: 'You may not do that',
    httpStatus: 403,
    meaning:
      'The role, or the scopes of the API key, are not enough; some things only a signed-in person may do.',
    cure: 'Ask an administrator for the role, or use a key with the scope.',
  },
  cross_site: {
    text: 'The call does not come from the console itself',
    httpStatus: 403,
    meaning: 'A change that a browser asked for, by a page elsewhere or without saying by which.',
    cure: 'Use the page of the console, or an API key. Behind a proxy set CONSOLE_URL or TRUSTED_PROXIES.',
  },
  host_not_allowed: {
    text: 'The console does not answer to that name',
    httpStatus: 403,
    meaning: 'The host of the call is neither this machine nor that of CONSOLE_URL.',
    cure: 'Set CONSOLE_URL to the address under which people reach the console.',
  },
  invalid_request: {
    text: 'Something in the request is wrong',
    httpStatus: 400,
    meaning: 'A field is missing, of the wrong kind, or not known; each is named.',
    cure: 'Correct the fields that are named; /docs has them all.',
  },
  too_many_calls: {
    text: 'Too many changes in a short time',
    httpStatus: 429,
    meaning: 'The user is above STRATEGY_RATE_LIMIT.',
    cure: 'Wait for the seconds of `Retry-After`.',
  },
  wrong_credentials: {
    text: 'E-mail or password is wrong',
    httpStatus: 401,
    meaning:
      'There is no such user, the password is another one, or the user may not sign in any more.',
    cure: 'Try again, or ask an administrator for a link that sets a new password.',
  },
  wrong_code: {
    text: 'The code is wrong',
    httpStatus: 401,
    meaning:
      'The code is not the one of this half minute, or the sign-in that asked for it is over.',
    cure: "Type the code that the app shows now; check the telephone's clock. A backup code works once.",
  },
  wrong_password: {
    text: 'The password is wrong',
    httpStatus: 400,
    meaning: 'A change of the own sign-in needs the password that is valid now.',
    cure: 'Type it again.',
  },
  sign_in_limited: {
    text: 'Too many attempts to sign in',
    httpStatus: 429,
    meaning: 'The address, or the e-mail, is above SIGN_IN_RATE_LIMIT.',
    cure: 'Wait for the seconds of `Retry-After`. The command line works all the same.',
  },
  sign_up_closed: {
    text: 'Nobody can sign up here by himself',
    httpStatus: 403,
    meaning: 'SIGN_UP is closed.',
    cure: 'Ask an administrator to add you.',
  },
  link_invalid: {
    text: 'The link is not valid any more',
    httpStatus: 400,
    meaning: 'It was used, has expired, or is not complete.',
    cure: 'Ask for another; the first one is in the log of the console when it starts without users.',
  },
  two_factor_state: {
    text: 'The second factor is not in that state',
    httpStatus: 409,
    meaning: 'It is on already, or was not begun.',
    cure: 'Look at the own user first.',
  },
} as const satisfies Record<string, RefusalEntry>;
