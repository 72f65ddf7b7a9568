import type { StrategyId } from '@orderlane/domain/ids';
import type { Selectable } from 'kysely';
import type { Db } from './open-db.ts';
import { isOfTenant } from './page.ts';
import type { SquareOffsTable } from './schema/square-offs.ts';

export interface ListedSquareOff extends Selectable<SquareOffsTable> {
  strategyName: string;
}

/** The newest square-offs first; `below` is the id of the last one of the page before. */
export async function pageSquareOffs(
  db: Db,
  filter: { tenant: string | null; strategyId: StrategyId | undefined; date: string | undefined },
  page: { below: number | undefined; limit: number },
): Promise<ListedSquareOff[]> {
  let query = db
    .selectFrom('square_offs')
    .innerJoin('strategies', 'strategies.id', 'square_offs.strategy_id')
    .selectAll('square_offs')
    .select('strategies.name as strategyName')
    .where(isOfTenant('square_offs.strategy_id', filter.tenant));
  if (filter.strategyId !== undefined) {
    query = query.where('square_offs.strategy_id', '=', filter.strategyId);
  }
  if (filter.date !== undefined) query = query.where('session_date', '=', filter.date);
  if (page.below !== undefined) query = query.where('square_offs.id', '<', page.below);
  return await query.orderBy('square_offs.id', 'desc').limit(page.limit).execute();
}
