import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { ClosingsTable } from './schema/closings.ts';
import type { SquareOffsTable } from './schema/square-offs.ts';

export interface ClosingCount {
  status: ClosingsTable['status']['__select__'];
  closings: number;
  /** Of which a person was told something. */
  told: number;
  /** Since the oldest of them was opened (ms). */
  oldestForMs: number;
}

/** Closings that are open, however old, and those opened within `withinMs` that ended, by status. */
export async function countClosings(db: Db, args: { withinMs: number }): Promise<ClosingCount[]> {
  const { rows } = await sql<ClosingCount>`
    select status, count(*)::integer as closings, (count(*) filter (where told <> '{}'))::integer as told,
        (extract(epoch from clock_timestamp() - min(opened_at)) * 1000)::float8 as "oldestForMs"
      from (
        select status, told, opened_at from closings where status = 'open'
        union all
        select status, told, opened_at from closings
          where opened_at > now() - ms(${args.withinMs}) and status <> 'open') c
      group by status`.execute(db);
  return rows;
}

export interface SquareOffCount {
  status: SquareOffsTable['status'];
  squareOffs: number;
  /** Since the oldest of them was due (ms). */
  oldestForMs: number;
}

/** Square-offs that became due within `withinMs`, by status; of more than `atMost`, the newest. */
export async function countSquareOffs(
  db: Db,
  args: { withinMs: number; atMost: number },
): Promise<SquareOffCount[]> {
  const { rows } = await sql<SquareOffCount>`
    select status, count(*)::integer as "squareOffs",
        (extract(epoch from clock_timestamp() - min(created_at)) * 1000)::float8 as "oldestForMs"
      from (select status, created_at from square_offs order by id desc limit ${args.atMost}) s
      where created_at > now() - ms(${args.withinMs})
      group by status`.execute(db);
  return rows;
}
