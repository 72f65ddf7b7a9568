import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { BrakesTable } from './schema/brakes.ts';

export interface BrakeCount {
  scope: BrakesTable['scope'];
  strength: BrakesTable['strength'];
  brakes: number;
}

/** Kill switches that are set, by what they cover and how strong they are. */
export async function countBrakes(db: Db): Promise<BrakeCount[]> {
  const { rows } = await sql<BrakeCount>`
    select scope, strength, count(*)::integer as brakes from brakes group by scope, strength`.execute(
    db,
  );
  return rows;
}
