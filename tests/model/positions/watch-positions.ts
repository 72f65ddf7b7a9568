import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { attempt } from '../clients/world.ts';
import type { PositionWorld } from './world.ts';

/** Looks at positions and closings as one snapshot again and again, for what must not be in any. */
export async function watchPositions(world: PositionWorld): Promise<void> {
  while (!world.isOver) {
    await attempt(world, 'watch', async () => await lookAtPositions(world));
    await sleep(5);
  }
}

export async function lookAtPositions({ db, accountId, log }: PositionWorld): Promise<void> {
  const { rows } = await sql<{ sighting: string }>`
    select 'strategy ' || si.strategy_id || ' owns ' || own_of(si.id, 'analyze') || ' of ' || si.symbol
        || ', its orders filled ' || f.filled as sighting
      from strategy_instruments si,
        lateral (select coalesce(sum(sign_of(action) * filled_quantity), 0) as filled from orders where strategy_instrument_id = si.id) f
      where si.account_id = ${accountId} and f.filled <> own_of(si.id, 'analyze')
    union all
    select 'strategy ' || si.strategy_id || ' has ' || count(*) || ' closings of ' || si.symbol || ' open'
      from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
      where si.account_id = ${accountId} and c.status = 'open'
      group by si.id having count(*) > 1`.execute(db);
  for (const { sighting } of rows) log.sightings.add(sighting);
}
