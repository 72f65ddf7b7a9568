import type { UserRole } from '@orderlane/domain/user-role';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { UsersTable } from './schema/users.ts';

export type UserRow = Selectable<UsersTable>;

export interface UserToInsert {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  role: UserRole;
  tenantId: string;
}

/** @throws a unique violation when the e-mail, or the id, is taken. */
export async function insertUser(db: Db, user: UserToInsert): Promise<UserRow> {
  const { tenantId: tenant_id, ...values } = user;
  return await db
    .insertInto('users')
    .values({ ...values, tenant_id, image: null, disabled_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function listUsers(db: Db): Promise<UserRow[]> {
  return await db.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute();
}

export async function findUser(db: Db, id: string): Promise<UserRow | undefined> {
  return await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  const lower = email.trim().toLowerCase();
  return await db.selectFrom('users').selectAll().where('email', '=', lower).executeTakeFirst();
}

export async function hasUsers(db: Db): Promise<boolean> {
  const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return user !== undefined;
}

export interface UserChange {
  name?: string;
  role?: UserRole;
  tenantId?: string;
  isDisabled?: boolean;
}

export async function updateUser(db: Db, id: string, change: UserChange): Promise<void> {
  const { name, role, tenantId, isDisabled } = change;
  await db
    .updateTable('users')
    .set({
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(tenantId !== undefined && { tenant_id: tenantId }),
      ...(isDisabled === true && { disabled_at: sql<Date>`coalesce(disabled_at, now())` }),
      ...(isDisabled === false && { disabled_at: null }),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .execute();
}

/** Administrators who can sign in, locked until the transaction ends. */
export async function lockAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Sets how a user signs in; `hash` as the sign-in library made it. */
export async function setPasswordHash(
  db: Db,
  { userId, hash }: { userId: string; hash: string },
): Promise<void> {
  await db
    .insertInto('user_credentials')
    .values({
      id: userId,
      user_id: userId,
      account_id: userId,
      provider_id: 'credential',
      password: hash,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({
        password: hash,
        updated_at: sql<Date>`now()`,
      }),
    )
    .execute();
}

/** Signs a user out everywhere. */
export async function deleteSessions(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('user_sessions').where('user_id', '=', userId).execute();
}

/** Takes a second factor away, with its backup codes. */
export async function deleteTwoFactor(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('two_factors').where('user_id', '=', userId).execute();
  await db
    .updateTable('users')
    .set({ two_factor_enabled: false, updated_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .execute();
}
