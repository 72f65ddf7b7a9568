import type { StrategyId } from '@orderlane/domain/ids';
import { type Selectable, sql } from 'kysely';
import type { Db } from './open-db.ts';
import { isBehind, isOfTenant, microsOf, type PageMark } from './page.ts';
import type { ClosingsTable } from './schema/closings.ts';

export interface ListedClosing extends Selectable<ClosingsTable> {
  strategyId: StrategyId;
  strategyName: string;
  exchange: string;
  symbol: string;
  product: string;
  /** Orders that were sent for it. */
  attempts: number;
  /** What was said of the last of them that came to nothing; null: nothing. */
  reason: string | null;
  atMicros: number;
}

interface Filter {
  tenant: string | null;
  strategyId: StrategyId | undefined;
  status: Selectable<ClosingsTable>['status'] | undefined;
}

/** The newest closings first, from a mark on. */
export async function pageClosings(
  db: Db,
  filter: Filter,
  page: { behind: PageMark | undefined; limit: number },
): Promise<ListedClosing[]> {
  return await selectClosings(db, filter)
    .where(isBehind('closings.opened_at', 'closings.id', page.behind))
    .orderBy('closings.opened_at', 'desc')
    .orderBy('closings.id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Those that are open before those that have ended, the newest first. */
export async function listClosings(
  db: Db,
  args: Filter & { limit: number },
): Promise<ListedClosing[]> {
  return await selectClosings(db, args)
    .orderBy(sql`closings.status = 'open'`, 'desc')
    .orderBy('closings.opened_at', 'desc')
    .orderBy('closings.id', 'desc')
    .limit(args.limit)
    .execute();
}

function selectClosings(db: Db, filter: Filter) {
  let query = db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as i', 'i.id', 'closings.strategy_instrument_id')
    .innerJoin('strategies as s', 's.id', 'i.strategy_id')
    .selectAll('closings')
    .select(['s.id as strategyId', 's.name as strategyName'])
    .select(['i.exchange', 'i.symbol', 'i.product'])
    .select(microsOf('closings.opened_at').as('atMicros'))
    .select([
      sql<number>`(select count(*)::integer from orders o where o.closing_id = closings.id and o.attempt > 0)`.as(
        'attempts',
      ),
      sql<
        string | null
      >`(select o.reason from orders o where o.closing_id = closings.id and o.reason is not null
        order by o.seq desc limit 1)`.as('reason'),
    ])
    .where(isOfTenant('s.id', filter.tenant));
  if (filter.strategyId !== undefined) query = query.where('s.id', '=', filter.strategyId);
  if (filter.status !== undefined) query = query.where('closings.status', '=', filter.status);
  return query;
}
