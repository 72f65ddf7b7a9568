import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { findSignInLink, insertSignInLink, takeSignInLink } from '@orderlane/db/sign-in-links';
import {
  deleteSessions,
  findUser,
  hasUsers,
  insertUser,
  setPasswordHash,
  type UserRow,
} from '@orderlane/db/users';
import { ManageError } from './manage-error.ts';
import { owner } from './owner.ts';
import { refuseSecond } from './unique.ts';

/** A link is valid for a day (ms). */
const validMs = 24 * 60 * 60 * 1000;

/** What a link that sets a password holds; it is not stored, only its hash. @param userId null: it makes the first administrator */
export async function makeSignInLink(db: Db, userId: string | null): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertSignInLink(db, { tokenHash: hashOf(token), userId, validMs });
  return token;
}

/**
 * Whom a link is for; null: it makes the first administrator.
 * @throws ManageError link_invalid
 */
export async function readSignInLink(db: Db, token: string): Promise<UserRow | null> {
  return await userOf(db, await findSignInLink(db, hashOf(token)));
}

export interface LinkUse {
  token: string;
  /** As the sign-in library made it. */
  passwordHash: string;
  /** Of the first administrator; not looked at otherwise. */
  first: { name: string; email: string };
}

/**
 * Uses a link up: its user has this password from now on and is signed out everywhere.
 * @throws ManageError link_invalid
 */
export async function useSignInLink(db: Db, use: LinkUse): Promise<UserRow> {
  const { token, passwordHash: hash, first } = use;
  const user = await userOf(db, await takeSignInLink(db, hashOf(token)));
  if (user === null) return await addFirstAdmin(db, { ...first, passwordHash: hash });
  await setPasswordHash(db, { userId: user.id, hash });
  await deleteSessions(db, user.id);
  return user;
}

/** The first user: an administrator who owns what the command line made. @throws ManageError link_invalid when there is a user, invalid_request */
export async function addFirstAdmin(
  db: Db,
  admin: { name: string; email: string; passwordHash: string },
): Promise<UserRow> {
  const { name, passwordHash: hash } = admin;
  if (!isEmail(admin.email)) throw badEmail(admin.email);
  const late = new ManageError('link_invalid', 'There is an administrator already');
  if (await hasUsers(db)) throw late;
  const values = { id: owner, name, email: admin.email.toLowerCase(), tenantId: owner } as const;
  const user = await refuseSecond(insertUser(db, { ...values, role: 'admin' }), late);
  await setPasswordHash(db, { userId: user.id, hash });
  return user;
}

async function userOf(
  db: Db,
  link: { userId: string | null } | undefined,
): Promise<UserRow | null> {
  if (link === undefined) throw new ManageError('link_invalid');
  if (link.userId === null) {
    if (await hasUsers(db))
      throw new ManageError('link_invalid', 'There is an administrator already');
    return null;
  }
  const user = await findUser(db, link.userId);
  if (user === undefined || user.disabled_at !== null) throw new ManageError('link_invalid');
  return user;
}

/** What an e-mail at least looks like. */
export function isEmail(text: string): boolean {
  return /^[^@\s]{1,64}@[^@\s]{1,189}$/.test(text);
}

function badEmail(given: string): ManageError {
  const text =
    given.trim() === ''
      ? 'Say which e-mail the first administrator has'
      : `"${given}" is no e-mail such as you@example.com`;
  return new ManageError('invalid_request', text, { issues: [{ field: 'email', text }] });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
