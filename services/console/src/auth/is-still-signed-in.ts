import type { Db } from '@orderlane/db/open-db';
import { findUser } from '@orderlane/db/users';
import { sql } from 'kysely';
import type { SignedIn } from '../http/console-env.ts';

/** Whether somebody who signed in a while ago still is, as the same. */
export async function isStillSignedIn(db: Db, caller: SignedIn): Promise<boolean> {
  const user = await findUser(db, caller.userId);
  if (user === undefined || user.disabled_at !== null) return false;
  if (user.role !== caller.role || user.tenant_id !== caller.tenantId) return false;
  return caller.by === 'session'
    ? await hasSession(db, caller.credentialId)
    : await hasKey(db, caller.credentialId);
}

async function hasSession(db: Db, id: string): Promise<boolean> {
  const found = db.selectFrom('user_sessions').select('id').where('id', '=', id);
  return (await found.where('expires_at', '>', sql<Date>`now()`).executeTakeFirst()) !== undefined;
}

async function hasKey(db: Db, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('api_keys')
    .select('id')
    .where('id', '=', id)
    .where('enabled', 'is not', false)
    .where(sql<boolean>`coalesce(expires_at > now(), true)`)
    .executeTakeFirst();
  return found !== undefined;
}
