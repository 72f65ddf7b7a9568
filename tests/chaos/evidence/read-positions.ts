import type { Db } from '@orderlane/db/open-db';
import type { Evidence } from './evidence.ts';

/** What Postgres knows of strategies' own positions, and of square-offs. */
export async function readPositions(
  db: Db,
): Promise<Pick<Evidence, 'positions' | 'corrections' | 'squareOffs'>> {
  const positions = await db
    .selectFrom('positions as p')
    .innerJoin('strategy_instruments as si', 'si.id', 'p.strategy_instrument_id')
    .select(['p.strategy_instrument_id', 'p.mode', 'p.own', 'si.symbol'])
    .execute();
  const moves = await db
    .selectFrom('position_moves')
    .select(['strategy_instrument_id', 'mode', 'at', 'own_before', 'own_after'])
    .where('cause', '<>', 'fill')
    .orderBy('id')
    .execute();
  const squareOffs = await db
    .selectFrom('square_offs')
    .select(['id', 'strategy_id as strategyId', 'due_time as dueTime', 'status'])
    .orderBy('id')
    .execute();
  return {
    squareOffs,
    positions: positions.map(({ strategy_instrument_id, ...row }) => ({
      ...row,
      strategyInstrumentId: strategy_instrument_id,
    })),
    corrections: moves.map(({ strategy_instrument_id, mode, at, own_before, own_after }) => ({
      ...{ strategyInstrumentId: strategy_instrument_id, mode, at: at.getTime() },
      change: own_after - own_before,
    })),
  };
}
