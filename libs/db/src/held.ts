import type { StrategyId } from '@orderlane/domain/ids';
import type { Place } from '@orderlane/domain/place';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { HeldInstrument } from './store-signal.ts';

/**
 * What the strategy holds in these places, each in its account's present mode. They stay locked until
 * the transaction ends, so that nothing else is stored for them meanwhile.
 */
export async function lockHeld(
  db: Db,
  args: { strategyId: StrategyId; places: readonly Place[] },
): Promise<HeldInstrument[]> {
  if (args.places.length === 0) return [];
  const parameters = { strategy_id: args.strategyId, plans: args.places };
  const { rows } = await sql<{ held: HeldInstrument[] }>`
    select lock_held(${jsonParameter(parameters)}::jsonb) as held`.execute(db);
  return rows[0]?.held ?? [];
}

/** The same without a lock: what it was a moment ago. */
export async function readHeld(
  db: Db,
  args: { strategyId: StrategyId; places: readonly Place[] },
): Promise<HeldInstrument[]> {
  if (args.places.length === 0) return [];
  const { rows } = await sql<{ held: HeldInstrument[] }>`
    select held_at(${args.strategyId}, ${jsonParameter(args.places)}::jsonb) as held`.execute(db);
  return rows[0]?.held ?? [];
}
