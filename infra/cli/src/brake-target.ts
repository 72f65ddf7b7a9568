import { type BrakeTarget, listBrakes, type NamedBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import { getAccount, getStrategy, onlyOne } from './resolve.ts';

/** What `stop` and `resume` are asked to act on. */
export type AskedTarget =
  | { scope: 'everything' }
  | { scope: 'account' | 'strategy'; nameOrId: string };

/** @throws ManageError unknown_account, unknown_strategy */
export async function readTarget(db: Db, asked: AskedTarget): Promise<BrakeTarget> {
  if (asked.scope === 'everything') return { scope: 'everything', id: 0 };
  const get = asked.scope === 'account' ? getAccount : getStrategy;
  const { id } = await get(db, asked.nameOrId);
  return { scope: asked.scope, id };
}

/**
 * Among what is stopped, so that the brake of a deleted strategy can still be found; a living one of
 * the same name comes first.
 * @throws ManageError unknown_account, unknown_strategy
 */
export async function readStoppedTarget(db: Db, asked: AskedTarget): Promise<BrakeTarget> {
  const meant = (await listBrakes(db)).filter((brake) => isMeant(brake, asked));
  const living = meant.filter(({ isGone }) => !isGone);
  const alike = (living.length > 0 ? living : meant).map((brake) => ({
    ...brake,
    id: brake.scope_id,
  }));
  const found =
    asked.scope === 'everything' ? alike[0] : onlyOne(asked.scope, asked.nameOrId, alike);
  if (found === undefined) return await readTarget(db, asked);
  return { scope: found.scope, id: found.scope_id };
}

function isMeant(brake: NamedBrake, asked: AskedTarget): boolean {
  if (brake.scope !== asked.scope) return false;
  if (asked.scope === 'everything') return true;
  return brake.name === asked.nameOrId || String(brake.scope_id) === asked.nameOrId;
}

/** The option of a kill switch or of its release, as it would be typed. */
export function targetOption({ scope, id }: BrakeTarget): string {
  return scope === 'everything' ? '--everything' : `--${scope} ${id}`;
}
