import type { AccountId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An account with its sealed key. */
export interface AccountKey {
  id: AccountId;
  name: string;
  base_url: string;
  api_key_box: string;
}

/** The sealed key of every account that was not deleted, in the order in which they were added. */
export async function listAccountKeys(db: Db): Promise<AccountKey[]> {
  return await db
    .selectFrom('openalgo_accounts')
    .select(['id', 'name', 'base_url', 'api_key_box'])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/**
 * Held until the transaction ends: whoever adds an account, or seals a key anew, comes one at a time.
 * Who changes anything else of an account does not wait.
 */
export async function lockAccountKeys(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('account keys', 0))`.execute(db);
}

/** @throws a unique violation when another account is this instance with this key */
export async function replaceAccountKey(
  db: Db,
  args: { id: AccountId; apiKeyBox: string; apiKeyFingerprint: string },
): Promise<void> {
  const { id, apiKeyBox: api_key_box, apiKeyFingerprint: api_key_fingerprint } = args;
  await db
    .updateTable('openalgo_accounts')
    .set({ api_key_box, api_key_fingerprint })
    .where('id', '=', id)
    .execute();
}

/** The account with a key of one of these fingerprints, at this address or, left out, at any. */
export async function findAccountByKey(
  db: Db,
  { baseUrl, fingerprints }: { baseUrl?: string; fingerprints: readonly string[] },
): Promise<Pick<AccountKey, 'id' | 'name'> | undefined> {
  return await db
    .selectFrom('openalgo_accounts')
    .select(['id', 'name'])
    .$if(baseUrl !== undefined, (query) => query.where('base_url', '=', baseUrl ?? ''))
    .where('api_key_fingerprint', 'in', fingerprints)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
}
