import type { StrategyId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { type Selectable, sql } from 'kysely';
import type { Db } from './open-db.ts';
import { isOfTenant } from './page.ts';
import type { SquareOffsTable } from './schema/square-offs.ts';

export interface ListedSquareOff extends Selectable<SquareOffsTable> {
  strategyName: string;
  /** Its closings that go on, and those that came to no end in time. */
  closingsOpen: number;
  closingsFailed: number;
  /** What stood in its way before it was due; null: nobody looked. */
  found: RefusalCode[] | null;
}

interface Filter {
  tenant: string | null;
  strategyId: StrategyId | undefined;
  date: string | undefined;
}

/** The newest square-offs first; `below` is the id of the last one of the page before. */
export async function pageSquareOffs(
  db: Db,
  filter: Filter,
  page: { below: number | undefined; limit: number },
): Promise<ListedSquareOff[]> {
  let query = selectSquareOffs(db, filter);
  if (page.below !== undefined) query = query.where('square_offs.id', '<', page.below);
  return await query.orderBy('square_offs.id', 'desc').limit(page.limit).execute();
}

/** Those under way before those that have ended, the newest first. */
export async function listSquareOffs(
  db: Db,
  args: Filter & { limit: number },
): Promise<ListedSquareOff[]> {
  return await selectSquareOffs(db, args)
    .orderBy(sql`square_offs.status in ('working', 'sent')`, 'desc')
    .orderBy('square_offs.id', 'desc')
    .limit(args.limit)
    .execute();
}

function selectSquareOffs(db: Db, filter: Filter) {
  const closings = (status: 'open' | 'failed') =>
    sql<number>`(select count(*)::integer from closings c where c.square_off_id = square_offs.id and c.status = ${status})`;
  let query = db
    .selectFrom('square_offs')
    .innerJoin('strategies', 'strategies.id', 'square_offs.strategy_id')
    .leftJoin('square_off_preflights as p', (join) =>
      join
        .onRef('p.strategy_id', '=', 'square_offs.strategy_id')
        .onRef('p.session_date', '=', 'square_offs.session_date')
        .onRef('p.due_time', '=', 'square_offs.due_time'),
    )
    .selectAll('square_offs')
    .select(['strategies.name as strategyName', 'p.found'])
    .select([closings('open').as('closingsOpen'), closings('failed').as('closingsFailed')])
    .where(isOfTenant('square_offs.strategy_id', filter.tenant));
  if (filter.strategyId !== undefined) {
    query = query.where('square_offs.strategy_id', '=', filter.strategyId);
  }
  if (filter.date !== undefined) query = query.where('square_offs.session_date', '=', filter.date);
  return query;
}
