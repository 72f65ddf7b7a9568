import {
  deleteSessions,
  findUser,
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
import { recordChange } from './record-change.ts';
import { makeSignInLink } from './sign-in-link.ts';
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
 * Adds a user, with the token of the link by which it chooses its password.
 * @throws ManageError user_exists, unknown_user (of the tenant)
 */
export async function addUser(
  manager: Manager,
  { name, email, role, tenantId }: NewUser,
): Promise<{ user: UserRow; token: string }> {
  const { db } = manager;
  if (tenantId !== undefined) await getUser(db, tenantId);
  const id = newId();
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

/** The token of a new link that sets the user's password; older ones are void. @throws ManageError unknown_user */
export async function makeLinkFor(
  manager: Manager,
  { userId }: { userId: string },
): Promise<{ user: UserRow; token: string }> {
  const { db } = manager;
  const user = await getUser(db, userId);
  const token = await makeSignInLink(db, userId);
  await recordChange(manager, { what: 'user.link', subject: `user ${userId}` });
  return { user, token };
}

/** @throws ManageError unknown_user */
export async function getUser(db: Manager['db'], id: string): Promise<UserRow> {
  const user = await findUser(db, id);
  if (user === undefined) throw new ManageError('unknown_user', `There is no user ${id}`);
  return user;
}
