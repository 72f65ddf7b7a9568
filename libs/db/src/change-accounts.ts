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

/**
 * From now on it is no strategy's to trade on, and goes once nothing is held there: see `endWhatIsFlat`.
 */
export async function removeAccountWhenFlat(db: Db, id: AccountId): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ delete_when_flat: true })
    .where('id', '=', id)
    .execute();
}

/** The strategies that trade on an account, active or not. */
export async function listStrategiesOn(
  db: Db,
  id: AccountId,
): Promise<{ name: string; delete_when_flat: boolean }[]> {
  return await db
    .selectFrom('strategies')
    .select(['name', 'delete_when_flat'])
    .where('account_id', '=', id)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute();
}
