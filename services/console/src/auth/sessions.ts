import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { ManageError } from '@orderlane/manage/manage-error';
import { sql } from 'kysely';
import type { SignedIn } from '../http/console-env.ts';

/** Where a user is signed in; the tokens are not shown. */
export async function listSessions(db: Db, { userId, credentialId }: SignedIn) {
  const rows = await db
    .selectFrom('user_sessions')
    .select(['id', 'created_at', 'expires_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ ...row, is_this: row.id === credentialId }));
}

/** @throws ManageError unknown_session */
export async function revokeSession(
  db: Db,
  { who, from, userId }: SignedIn,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ended = await trx
      .deleteFrom('user_sessions')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (ended.numDeletedRows === 0n) throw new ManageError('unknown_session');
    await recordAudit(trx, { who, from, what: 'session.revoke', subject: `user ${userId}` });
  });
}
