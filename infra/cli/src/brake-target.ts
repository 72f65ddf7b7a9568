import { type BrakeTarget, listBrakes, type NamedBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import { CliError } from './cli-error.ts';
import { getAccount, getStrategy } from './resolve.ts';

/** What `stop` and `resume` are asked to act on. */
export type AskedTarget =
  | { scope: 'everything' }
  | { scope: 'account' | 'strategy'; nameOrId: string };

/** Found in the database, with the words for it. */
export interface FoundTarget extends BrakeTarget {
  /** `everything`, `account "main"`, `strategy "Demo"` */
  label: string;
}

/** What is to be stopped. @throws CliError unknown_account, unknown_strategy */
export async function findTarget(db: Db, asked: AskedTarget): Promise<FoundTarget> {
  if (asked.scope === 'everything') return { scope: 'everything', id: 0, label: 'everything' };
  const get = asked.scope === 'account' ? getAccount : getStrategy;
  const { id, name } = await get(db, asked.nameOrId);
  return { scope: asked.scope, id, label: `${asked.scope} "${name}"` };
}

/**
 * What is to be released: among what is stopped, so that the brake of a deleted strategy can still
 * be found; a living one of the same name comes first.
 * @throws CliError not_stopped, unknown_account, unknown_strategy
 */
export async function findStopped(db: Db, asked: AskedTarget): Promise<FoundTarget> {
  const meant = (await listBrakes(db)).filter((brake) => isMeant(brake, asked));
  const found = meant.find(({ isGone }) => !isGone) ?? meant[0];
  if (found !== undefined) return targetOf(found);
  const { label } = await findTarget(db, asked);
  throw new CliError('not_stopped', `No kill switch is set for ${label}: see "brakes"`);
}

function isMeant(brake: NamedBrake, asked: AskedTarget): boolean {
  if (brake.scope !== asked.scope) return false;
  if (asked.scope === 'everything') return true;
  return brake.name === asked.nameOrId || String(brake.scope_id) === asked.nameOrId;
}

/** A brake's target with the words for it. */
export function targetOf({ scope, scope_id: id, name, isGone }: NamedBrake): FoundTarget {
  if (scope === 'everything') return { scope, id, label: scope };
  return { scope, id, label: `${scope} "${name ?? id}"${isGone ? ' (deleted)' : ''}` };
}
