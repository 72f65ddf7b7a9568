import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface LinkToInsert {
  /** SHA-256 of the link's token, in hex. */
  tokenHash: string;
  /** Null: it makes the first administrator. */
  userId: string | null;
  validMs: number;
}

/** Makes a link known; an older one of the same user is not valid any more. */
export async function insertSignInLink(db: Db, link: LinkToInsert): Promise<void> {
  const { tokenHash: token_hash, userId: user_id, validMs } = link;
  if (user_id !== null) {
    await db.deleteFrom('sign_in_links').where('user_id', '=', user_id).execute();
  }
  const expires_at = sql<Date>`clock_timestamp() + ms(${validMs})`;
  await db
    .insertInto('sign_in_links')
    .values({ token_hash, user_id, expires_at, used_at: null })
    .execute();
}

/** Whom a link that is still valid is for; undefined: it is none. */
export async function findSignInLink(
  db: Db,
  tokenHash: string,
): Promise<{ userId: string | null } | undefined> {
  return await db
    .selectFrom('sign_in_links')
    .select('user_id as userId')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
}

/** Uses a link up, once whoever asks; undefined: it is not valid any more. */
export async function takeSignInLink(
  db: Db,
  tokenHash: string,
): Promise<{ userId: string | null } | undefined> {
  return await db
    .updateTable('sign_in_links')
    .set({ used_at: sql<Date>`clock_timestamp()` })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .returning('user_id as userId')
    .executeTakeFirst();
}
