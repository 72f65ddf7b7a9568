import type { AccountId } from '@orderlane/domain/ids';
import type { Db } from './open-db.ts';

/** What may be changed of an account by its form. */
export interface AccountValues {
  name?: string;
  base_url?: string;
  trades_elsewhere?: boolean;
  /** Null: the rates of the configuration. */
  order_rate?: string | null;
  smart_order_rate?: string | null;
}

/** @throws a unique violation when the name, or the instance with this key, is another account's. */
export async function updateAccount(
  db: Db,
  { id, values }: { id: AccountId; values: AccountValues },
): Promise<void> {
  await db.updateTable('openalgo_accounts').set(values).where('id', '=', id).execute();
}

/** @throws a foreign-key violation when a strategy or an order names it. */
export async function deleteAccount(db: Db, id: AccountId): Promise<void> {
  await db.deleteFrom('openalgo_accounts').where('id', '=', id).execute();
}

/** The strategies that trade on an account, active or not. */
export async function listStrategyNamesOf(db: Db, id: AccountId): Promise<string[]> {
  const rows = await db
    .selectFrom('strategies')
    .select('name')
    .where('account_id', '=', id)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}
