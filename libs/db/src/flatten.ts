import type { StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/**
 * Strategies under a kill switch that says flatten that hold something which is not being closed, and was
 * not tried since the switch was set.
 */
export async function listStrategiesToFlatten(db: Db): Promise<StrategyId[]> {
  const { rows } = await sql<{ id: StrategyId }>`
    select distinct s.id from brakes b
      join strategies s on b.scope = 'everything' or (b.scope = 'account' and s.account_id = b.scope_id)
        or (b.scope = 'strategy' and s.id = b.scope_id)
      join strategy_instruments si on si.strategy_id = s.id
      join positions p on p.strategy_instrument_id = si.id and p.own <> 0 and p.mode = account_mode(si.account_id)
    where b.strength = 'flatten'
      and not exists (select from closings c where c.strategy_instrument_id = si.id
        and (c.status = 'open' or c.opened_at >= b.set_at))
    order by s.id`.execute(db);
  return rows.map(({ id }) => id);
}
