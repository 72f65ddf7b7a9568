import type { StrategyId, WebhookId } from '@orderlane/domain/ids';
import type { Activity } from '@orderlane/domain/strategy';
import type { Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { StrategiesTable } from './schema/strategies.ts';

/** What may be changed of a strategy by its form. */
export type StrategyValues = Omit<
  Updateable<StrategiesTable>,
  'user_id' | 'webhook_id' | 'is_active' | 'squareoff_armed_at' | 'version' | 'deleted_at'
>;

/**
 * Changes a strategy; another time of square-off counts from now on: one that has passed today squares
 * off tomorrow.
 * @throws a unique violation when the owner has a strategy of that name.
 */
export async function updateStrategy(
  db: Db,
  { id, values }: { id: StrategyId; values: StrategyValues },
): Promise<void> {
  const { squareoff_time } = values;
  const armed = sql<Date>`case when squareoff_time is distinct from ${squareoff_time ?? null}::text
    then now() else squareoff_armed_at end`;
  await db
    .updateTable('strategies')
    .set({ ...values, ...(squareoff_time !== undefined && { squareoff_armed_at: armed }) })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

/** From the commit on the old address is unknown. */
export async function setWebhookId(
  db: Db,
  { id, webhookId }: { id: StrategyId; webhookId: WebhookId },
): Promise<void> {
  await db
    .updateTable('strategies')
    .set({ webhook_id: webhookId })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

/**
 * Held until the transaction ends: what was stored for the strategy before is seen from here on, and
 * whoever decides from what it was decides again.
 */
export async function lockStrategy(db: Db, id: StrategyId): Promise<void> {
  await db.selectFrom('strategies').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Turns a strategy on, to exits alone, or off; a strategy that is on is not to be deleted any more. */
export async function setActivity(
  db: Db,
  args: { id: StrategyId; activity: Activity },
): Promise<void> {
  const { id, activity } = args;
  await db
    .updateTable('strategies')
    .set({
      is_active: activity !== 'off',
      exits_only: activity === 'exits_only',
      ...(activity === 'on' && { delete_when_flat: false }),
    })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

/** It goes when nothing is held any more; until then an active one takes exits. */
export async function deleteStrategyWhenFlat(db: Db, id: StrategyId): Promise<void> {
  await db
    .updateTable('strategies')
    .set(({ ref }) => ({ delete_when_flat: true, exits_only: ref('is_active') }))
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}
