import type { StrategyId, WebhookId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** Whose webhook an id is, deleted strategies too. */
export interface WebhookOwner {
  id: StrategyId;
  webhookId: WebhookId;
  isDeleted: boolean;
}

export async function listWebhookOwners(
  db: Db,
  webhookIds: readonly WebhookId[],
): Promise<WebhookOwner[]> {
  if (webhookIds.length === 0) return [];
  return await db
    .selectFrom('strategies')
    .select(['id', 'webhook_id as webhookId', sql<boolean>`deleted_at is not null`.as('isDeleted')])
    .where('webhook_id', 'in', webhookIds)
    .execute();
}

/** A deleted strategy gives its webhook away: it is another's from here on. */
export async function releaseWebhook(db: Db, id: StrategyId): Promise<void> {
  await db
    .updateTable('strategies')
    .set({ webhook_id: sql<WebhookId>`gen_random_uuid()` })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .execute();
}
