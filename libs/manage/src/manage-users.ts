import {
  deleteSessions,
  deleteTwoFactor,
  findUser,
  hasUsers,
  insertUser,
  lockAdmins,
  type UserChange,
  type UserRow,
  updateUser,
} from '@orderlane/db/users';
import type { UserRole } from '@orderlane/domain/user-role';
import { newId } from '@orderlane/runtime/new-id';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { owner } from './owner.ts';
import { recordChange } from './record-change.ts';
import { isEmail, makeSignInLink } from './sign-in-link.ts';
import { refuseSecond } from './unique.ts';

/** A user as programs get it. */
export function userData(user: UserRow) {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    tenant_id: user.tenant_id,
    two_factor: user.two_factor_enabled,
    disabled_at: user.disabled_at,
    created_at: user.created_at,
  };
}

export interface NewUser {
  name: string;
  email: string;
  role: UserRole;
  /** Whose accounts and strategies it works with; undefined: its own. */
  tenantId: string | undefined;
}

/**
 * Adds a user, with the token of the link by which it chooses its password. The first is an
 * administrator and owns what the command line made.
 * @throws ManageError user_exists, unknown_user (of the tenant), invalid_request
 */
export async function addUser(
  manager: Manager,
  { name, email, role, tenantId }: NewUser,
): Promise<{ user: UserRow; token: string }> {
  const { db } = manager;
  if (!isEmail(email)) throw badUser('email', `${email} is no e-mail address`);
  if (tenantId !== undefined) await getUser(db, tenantId);
  const isFirst = !(await hasUsers(db));
  if (isFirst && role !== 'admin') throw badUser('role', 'The first user is an administrator');
  const id = isFirst ? owner : newId();
  const values = { id, name, email: email.toLowerCase(), role, tenantId: tenantId ?? id };
  const user = await refuseSecond(insertUser(db, values), new ManageError('user_exists'));
  const token = await makeSignInLink(db, id);
  await recordChange(manager, {
    what: 'user.add',
    subject: `user ${id}`,
    after: userData(user),
  });
  return { user, token };
}

function badUser(field: string, text: string): ManageError {
  return new ManageError('invalid_request', text, { issues: [{ field, text }] });
}

/** A disabled user is signed out everywhere. @throws ManageError unknown_user, last_admin */
export async function changeUser(
  manager: Manager,
  { userId, change }: { userId: string; change: UserChange },
): Promise<UserRow> {
  const { db } = manager;
  const admins = await lockAdmins(db);
  const before = await getUser(db, userId);
  if (change.tenantId !== undefined) await getUser(db, change.tenantId);
  const isLost = change.isDisabled === true || (change.role ?? 'admin') !== 'admin';
  if (isLost && admins.length === 1 && admins[0] === userId) throw new ManageError('last_admin');
  await updateUser(db, userId, change);
  if (change.isDisabled === true) await deleteSessions(db, userId);
  const after = await getUser(db, userId);
  await recordChange(manager, {
    what: 'user.change',
    subject: `user ${userId}`,
    before: userData(before),
    after: userData(after),
  });
  return after;
}

/**
 * The token of a new link that sets the user's password; older ones are void.
 * @param args.endsTwoFactor also takes the second factor away, for who has lost that
 * @throws ManageError unknown_user
 */
export async function makeLinkFor(
  manager: Manager,
  { userId, endsTwoFactor }: { userId: string; endsTwoFactor: boolean },
): Promise<{ user: UserRow; token: string }> {
  const { db } = manager;
  const before = await getUser(db, userId);
  if (endsTwoFactor) await deleteTwoFactor(db, userId);
  const user = await getUser(db, userId);
  const token = await makeSignInLink(db, userId);
  await recordChange(manager, {
    what: 'user.link',
    subject: `user ${userId}`,
    before: userData(before),
    after: userData(user),
  });
  return { user, token };
}

/** @throws ManageError unknown_user */
export async function getUser(db: Manager['db'], id: string): Promise<UserRow> {
  const user = await findUser(db, id);
  if (user === undefined) throw new ManageError('unknown_user', `There is no user ${id}`);
  return user;
}
