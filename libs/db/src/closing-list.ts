import type { StrategyId } from '@orderlane/domain/ids';
import type { Selectable } from 'kysely';
import type { Db } from './open-db.ts';
import { isBehind, isOfTenant, microsOf, type PageMark } from './page.ts';
import type { ClosingsTable } from './schema/closings.ts';

export interface ListedClosing extends Selectable<ClosingsTable> {
  strategyId: StrategyId;
  strategyName: string;
  exchange: string;
  symbol: string;
  product: string;
  atMicros: number;
}

/** The newest closings first, from a mark on. */
export async function pageClosings(
  db: Db,
  filter: {
    tenant: string | null;
    strategyId: StrategyId | undefined;
    status: Selectable<ClosingsTable>['status'] | undefined;
  },
  page: { behind: PageMark | undefined; limit: number },
): Promise<ListedClosing[]> {
  let query = db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as i', 'i.id', 'closings.strategy_instrument_id')
    .innerJoin('strategies as s', 's.id', 'i.strategy_id')
    .selectAll('closings')
    .select(['s.id as strategyId', 's.name as strategyName'])
    .select(['i.exchange', 'i.symbol', 'i.product'])
    .select(microsOf('closings.opened_at').as('atMicros'))
    .where(isOfTenant('s.id', filter.tenant))
    .where(isBehind('closings.opened_at', 'closings.id', page.behind));
  if (filter.strategyId !== undefined) query = query.where('s.id', '=', filter.strategyId);
  if (filter.status !== undefined) query = query.where('closings.status', '=', filter.status);
  return await query
    .orderBy('closings.opened_at', 'desc')
    .orderBy('closings.id', 'desc')
    .limit(page.limit)
    .execute();
}
