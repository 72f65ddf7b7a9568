import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { markCodeUsed } from '@orderlane/db/used-codes';
import { insertUser, setPasswordHash, type UserRow } from '@orderlane/db/users';
import { ManageError } from '@orderlane/manage/manage-error';
import { userData } from '@orderlane/manage/manage-users';
import { addFirstAdmin, type LinkUse, useSignInLink } from '@orderlane/manage/sign-in-link';
import { refuseSecond } from '@orderlane/manage/unique';
import type { RateLimit } from '@orderlane/queue/rate-limit';
import { newId } from '@orderlane/runtime/new-id';
import type { ConsoleContext } from '../http/console-env.ts';
import { callAuth } from './auth-call.ts';
import { withAuth } from './change-auth.ts';
import { authFor, fromOf, type IdentifyDeps } from './identify.ts';

export interface SignInDeps extends IdentifyDeps {
  /** Counts attempts, by address and by e-mail. */
  signInLimit: RateLimit;
}

export interface Credentials {
  email: string;
  password: string;
}

/**
 * Signs in; the session's cookie goes out with the answer. True: the second factor is still missing.
 * @throws ManageError sign_in_limited, wrong_credentials
 */
export async function signIn(
  deps: SignInDeps,
  context: ConsoleContext,
  { email, password }: Credentials,
): Promise<{ needsSecondFactor: boolean }> {
  await countAttempt(deps, context, `email ${email}`);
  const { api } = authFor(deps, context);
  const result = await callAuth(
    context,
    async (asked) => await api.signInEmail({ ...asked, body: { email, password } }),
  );
  if ('twoFactorRedirect' in result) return { needsSecondFactor: true };
  await tellSignedIn(deps, context, email);
  return { needsSecondFactor: false };
}

/**
 * The code of the app, or a backup code, after a sign-in that asked for it.
 * @throws ManageError sign_in_limited, wrong_code
 */
export async function giveSecondFactor(
  deps: SignInDeps,
  context: ConsoleContext,
  code: string,
): Promise<void> {
  // The cookie is that of one sign-in: guessing goes on with it, or begins with a password again.
  const cookie = context.req.header('cookie') ?? '';
  await countAttempt(deps, context, `code ${createHash('sha256').update(cookie).digest('hex')}`);
  const isOfApp = /^\d{6}$/.test(code);
  await withAuth(deps, context, {
    call: async (api, asked) =>
      isOfApp
        ? await api.verifyTOTP({ ...asked, body: { code } })
        : await api.verifyBackupCode({ ...asked, body: { code } }),
    also: async (db, { user }) => {
      if (isOfApp) await useCodeOnce(db, { userId: user.id, code });
      await tellSignedIn({ db }, context, user.email);
    },
  });
}

/** Whoever looked over a shoulder has nothing. @throws ManageError wrong_code */
export async function useCodeOnce(db: Db, used: { userId: string; code: string }): Promise<void> {
  if (!(await markCodeUsed(db, used))) throw new ManageError('wrong_code');
}

/** Signs out, if anybody is signed in. */
export async function signOut(deps: IdentifyDeps, context: ConsoleContext): Promise<void> {
  const { api } = authFor(deps, context);
  await callAuth(context, async (asked) => await api.signOut(asked));
}

export interface LinkCredentials extends Pick<LinkUse, 'token'> {
  password: string;
  /** Of the first administrator; not looked at otherwise. */
  email: string;
}

/**
 * Sets the password of whomever the link is for and signs in.
 * @throws ManageError link_invalid, sign_in_limited
 */
export async function useLink(
  deps: SignInDeps,
  context: ConsoleContext,
  { token, password, email }: LinkCredentials,
): Promise<{ user: UserRow; needsSecondFactor: boolean }> {
  await countAttempt(deps, context, '');
  const passwordHash = await hashPassword(deps, password);
  const first = { name: email.split('@')[0] ?? email, email };
  const user = await deps.db.transaction().execute(async (db) => {
    const changed = await useSignInLink(db, { token, passwordHash, first });
    await recordAudit(db, {
      who: `link:${changed.email}`,
      from: fromOf(context),
      what: 'user.password',
      subject: `user ${changed.id}`,
    });
    return changed;
  });
  return { user, ...(await signIn(deps, context, { email: user.email, password })) };
}

export interface SignUpDeps extends SignInDeps {
  signUp: 'open' | 'closed';
}

/**
 * Lets somebody add himself as a trader with accounts of his own, and signs in.
 * @throws ManageError sign_up_closed, sign_in_limited, user_exists
 */
export async function signUp(
  deps: SignUpDeps,
  context: ConsoleContext,
  { email, password, name }: Credentials & { name: string },
): Promise<void> {
  if (deps.signUp === 'closed') throw new ManageError('sign_up_closed');
  await countAttempt(deps, context, '');
  const hash = await hashPassword(deps, password);
  await deps.db.transaction().execute(async (db) => {
    const id = newId();
    const values = { id, name, email, role: 'trader', tenantId: id } as const;
    const user = await refuseSecond(insertUser(db, values), new ManageError('user_exists'));
    await setPasswordHash(db, { userId: id, hash });
    const after = userData(user);
    await recordAudit(db, {
      who: `console:${email}`,
      from: fromOf(context),
      what: 'user.sign_up',
      subject: `user ${id}`,
      after,
    });
  });
  await signIn(deps, context, { email, password });
}

/** The first administrator from the configuration; undefined when there is a user already. */
export async function ensureFirstAdmin(
  deps: IdentifyDeps,
  { email, password }: Credentials,
): Promise<UserRow | undefined> {
  const passwordHash = await hashPassword(deps, password);
  const name = email.split('@')[0] ?? email;
  try {
    return await deps.db.transaction().execute(async (db) => {
      const user = await addFirstAdmin(db, { name, email, passwordHash });
      await recordAudit(db, {
        who: 'configuration:ADMIN_EMAIL',
        from: `console on ${hostname()}`,
        what: 'user.add',
        subject: `user ${user.id}`,
        after: userData(user),
      });
      return user;
    });
  } catch (error) {
    if (error instanceof ManageError && error.code === 'link_invalid') return undefined;
    throw error;
  }
}

/** As the sign-in library keeps it. */
async function hashPassword({ auths }: IdentifyDeps, password: string): Promise<string> {
  const { password: passwords } = await auths.plain.$context;
  return await passwords.hash(password);
}

async function countAttempt(
  { signInLimit }: SignInDeps,
  context: ConsoleContext,
  key: string,
): Promise<void> {
  const address = fromOf(context);
  const verdicts = await Promise.all([
    signInLimit.count(`address ${address}`),
    ...(key === '' ? [] : [signInLimit.count(key)]),
  ]);
  const over = verdicts.filter(({ level }) => level !== 'within');
  if (over.length === 0) return;
  const seconds = Math.max(...over.map(({ retryAfterS }) => retryAfterS));
  context.header('retry-after', String(seconds));
  throw new ManageError('sign_in_limited');
}

async function tellSignedIn(
  { db }: Pick<IdentifyDeps, 'db'>,
  context: ConsoleContext,
  email: string,
): Promise<void> {
  await recordAudit(db, {
    who: `console:${email}`,
    from: fromOf(context),
    what: 'user.sign_in',
    subject: `user ${email}`,
  });
}
