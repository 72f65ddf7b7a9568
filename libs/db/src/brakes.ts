import type { KillSwitch } from '@orderlane/domain/brakes';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { BrakesTable } from './schema/brakes.ts';

export type BrakeRow = Selectable<BrakesTable>;

/** Whom a kill switch covers; `id` is 0 for everything. */
export interface BrakeTarget {
  scope: BrakeRow['scope'];
  id: number;
}

/** A brake with the name of what it covers; null for everything. */
export interface NamedBrake extends BrakeRow {
  name: string | null;
  /** Whose account or strategy it is; null for everything. */
  owner: string | null;
  /** True for a strategy that was deleted: what it left queued is still covered. */
  isGone: boolean;
}

/** A connection that goes silent in the middle must not hold every claim. */
const patience = '5s';

/**
 * Keeps every claim out until the transaction ends: who changes a kill switch comes one at a time,
 * and from the commit on no order is claimed without having seen the change.
 */
export async function holdKillSwitch(db: Db): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${patience}, true), hold_kill_switch()`.execute(
    db,
  );
}

export async function findBrake(db: Db, target: BrakeTarget): Promise<BrakeRow | undefined> {
  return await db
    .selectFrom('brakes')
    .selectAll()
    .where('scope', '=', target.scope)
    .where('scope_id', '=', target.id)
    .executeTakeFirst();
}

export interface BrakeToSet {
  strength: KillSwitch;
  reason: string | null;
  /** A person, and by what they came: `cli:asha`. */
  setBy: string;
}

/** Sets a kill switch, or moves the one that is set; each target has one. */
export async function setBrake(db: Db, target: BrakeTarget, brake: BrakeToSet): Promise<BrakeRow> {
  const { strength, reason, setBy: set_by } = brake;
  const set = { strength, reason, set_by, set_at: sql<Date>`clock_timestamp()` };
  return await db
    .insertInto('brakes')
    .values({ scope: target.scope, scope_id: target.id, ...set })
    .onConflict((conflict) => conflict.columns(['scope', 'scope_id']).doUpdateSet(set))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What was set, or undefined when nothing was. */
export async function releaseBrake(db: Db, target: BrakeTarget): Promise<BrakeRow | undefined> {
  return await db
    .deleteFrom('brakes')
    .where('scope', '=', target.scope)
    .where('scope_id', '=', target.id)
    .returningAll()
    .executeTakeFirst();
}

/** Every kill switch that is set: everything first, then accounts, then strategies. */
export async function listBrakes(db: Db): Promise<NamedBrake[]> {
  return await db
    .selectFrom('brakes as b')
    .leftJoin('openalgo_accounts as a', (join) =>
      join.on('b.scope', '=', 'account').onRef('a.id', '=', sql`b.scope_id`),
    )
    .leftJoin('strategies as s', (join) =>
      join.on('b.scope', '=', 'strategy').onRef('s.id', '=', sql`b.scope_id`),
    )
    .selectAll('b')
    .select([
      sql<string | null>`coalesce(a.name, s.name)`.as('name'),
      sql<string | null>`coalesce(a.user_id, s.user_id)`.as('owner'),
      sql<boolean>`s.deleted_at is not null`.as('isGone'),
    ])
    .orderBy(sql`array_position(array['everything', 'account', 'strategy'], b.scope)`)
    .orderBy('b.set_at')
    .execute();
}
