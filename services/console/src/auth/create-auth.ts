import { apiKey } from '@better-auth/api-key';
import type { Db } from '@orderlane/db/open-db';
import { findUser } from '@orderlane/db/users';
import type { Log } from '@orderlane/runtime/log';
import { APIError, betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import * as tables from './auth-tables.ts';
import { passwordLength } from './password-length.ts';

export interface AuthDeps {
  db: Db;
  log: Log;
  /** Signs cookies and encrypts the secrets of second factors. */
  secret: string;
  /** Cookies go over https only. */
  isSecure: boolean;
}

/** A session ends this long after it was last used (s). */
const sessionSeconds = 7 * 24 * 60 * 60;
const day = 24 * 60 * 60;

/** The name of the scopes in an API key's permissions. */
export const scopesKey = 'orderlane';

/** The header in which the library is told where a call comes from: never a stranger's. */
export const clientAddressHeader = 'x-orderlane-client-address';

/**
 * The sign-in library on our own database. Only its functions are used, none of its routes: who may
 * call what, how often, and what an error looks like is decided by our own, as everywhere else.
 */
export function createAuth({ db, log, secret, isSecure }: AuthDeps) {
  return betterAuth({
    appName: 'Orderlane',
    secret,
    // Of no meaning without the library's routes.
    baseURL: 'http://127.0.0.1',
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level]({ event: 'sign_in_library' }, message),
    },
    // Counted by us, also by e-mail.
    rateLimit: { enabled: false },
    user: tables.user,
    session: { ...tables.session, expiresIn: sessionSeconds, updateAge: day },
    account: tables.account,
    verification: tables.verification,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    advanced: {
      cookiePrefix: 'orderlane',
      useSecureCookies: isSecure,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    databaseHooks: {
      session: { create: { before: async ({ userId }) => await refuseDisabled(db, userId) } },
    },
    plugins: [
      twoFactor({ issuer: 'Orderlane', schema: tables.twoFactor }),
      apiKey({
        schema: tables.apiKey,
        rateLimit: { enabled: false },
        defaultPrefix: 'ol_',
        requireName: true,
        keyExpiration: { minExpiresIn: 1, maxExpiresIn: 3650 },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** As if the password were wrong: who is disabled is told so by an administrator, not here. */
async function refuseDisabled(db: Db, userId: string): Promise<void> {
  const user = await findUser(db, userId);
  if (user?.disabled_at === null) return;
  throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD' });
}
