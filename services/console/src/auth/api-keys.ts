import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { type AccessLevel, accessLevels } from '@orderlane/domain/user-role';
import { ManageError } from '@orderlane/manage/manage-error';
import { callerOf } from '../http/access.ts';
import type { ConsoleContext, SignedIn } from '../http/console-env.ts';
import { changeAuth } from './change-auth.ts';
import { scopesKey } from './create-auth.ts';
import type { IdentifyDeps } from './identify.ts';

/** A key as its owner sees it in the list: never the key itself. */
export interface ShownKey {
  id: string;
  name: string | null;
  /** Its first characters. */
  start: string | null;
  scopes: AccessLevel[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export async function listApiKeys(db: Db, userId: string): Promise<ShownKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: readScopes(row.permissions),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_request,
  }));
}

export interface NewKey {
  name: string;
  scopes: AccessLevel[];
  /** Null: it does not expire. */
  expiresInDays: number | null;
}

/** Makes a key; it is in the answer and nowhere else. */
export async function createApiKey(
  deps: IdentifyDeps,
  context: ConsoleContext,
  { name, scopes, expiresInDays }: NewKey,
): Promise<{ id: string; key: string }> {
  const { userId } = callerOf(context);
  const expiresIn = expiresInDays === null ? null : expiresInDays * 24 * 60 * 60;
  const body = { userId, name, expiresIn, permissions: { [scopesKey]: scopes } };
  const { id, key } = await changeAuth(deps, context, {
    call: async (api) => ({ headers: new Headers(), response: await api.createApiKey({ body }) }),
    entry: (made) => ({
      what: 'key.create',
      subject: `key ${made.id}`,
      after: { name, scopes, expires_in_days: expiresInDays },
    }),
  });
  return { id, key };
}

/** From then on the key is refused. @throws ManageError unknown_key */
export async function revokeApiKey(
  db: Db,
  { who, from, userId }: SignedIn,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const revoked = await trx
      .deleteFrom('api_keys')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returning('name')
      .executeTakeFirst();
    if (revoked === undefined) throw new ManageError('unknown_key');
    const before = { name: revoked.name };
    await recordAudit(trx, { who, from, what: 'key.revoke', subject: `key ${id}`, before });
  });
}

/** As the sign-in library keeps them: JSON in a text. */
function readScopes(permissions: string | null): AccessLevel[] {
  const parsed = JSON.parse(permissions ?? '{}') as Record<string, unknown> | null;
  const given = parsed?.[scopesKey];
  return accessLevels.filter((level) => Array.isArray(given) && given.includes(level));
}
