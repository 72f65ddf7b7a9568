import type { RefusalCode } from '@orderlane/domain/refusal';
import { type Selectable, sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { AlertsTable } from './schema/alerts.ts';

/**
 * The newest alerts first; a tenant's are those about its accounts, strategies and orders, those about
 * the installation itself are for who sees all.
 * @param page `below` is the id of the last one of the page before
 */
export async function pageAlerts(
  db: Db,
  filter: { tenant: string | null; code: RefusalCode | undefined },
  page: { below: number | undefined; limit: number },
): Promise<Selectable<AlertsTable>[]> {
  let query = db.selectFrom('alerts').selectAll();
  if (filter.tenant !== null) query = query.where(isAbout(filter.tenant));
  if (filter.code !== undefined) query = query.where('code', '=', filter.code);
  if (page.below !== undefined) query = query.where('id', '<', page.below);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

function isAbout(tenant: string) {
  // One owner at a time: as sets, all strategies and all orders would be read for a page.
  return sql<boolean>`${tenant} in (
    (select user_id from strategies s where s.id = alerts.strategy_id),
    (select user_id from openalgo_accounts a where a.id = alerts.account_id),
    (select s.user_id from orders o join strategies s on s.id = o.strategy_id where o.id = alerts.order_id))`;
}
