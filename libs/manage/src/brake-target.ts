import { type BrakeTarget, listBrakes, type NamedBrake } from '@orderlane/db/brakes';
import { brandIds } from '@orderlane/domain/ids';
import { getAccount, getStrategy } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import { isInReach, type Manager } from './manager.ts';

/** Found in the database, with the words for it. */
export interface FoundTarget extends BrakeTarget {
  /** `everything`, `account "main"`, `strategy "Demo"` */
  label: string;
}

/** What is to be stopped. @throws ManageError unknown_account, unknown_strategy */
export async function findTarget(
  manager: Pick<Manager, 'db' | 'tenant'>,
  { scope, id }: BrakeTarget,
): Promise<FoundTarget> {
  if (scope === 'everything') return { scope, id: 0, label: scope };
  const { name } =
    scope === 'account'
      ? await getAccount(manager, brandIds.account(id))
      : await getStrategy(manager, brandIds.strategy(id));
  return { scope, id, label: `${scope} "${name}"` };
}

/**
 * What is to be released: among what is stopped, so that the brake of a deleted strategy can still
 * be found.
 * @throws ManageError not_stopped, unknown_account, unknown_strategy
 */
export async function findStopped(
  manager: Pick<Manager, 'db' | 'tenant'>,
  asked: BrakeTarget,
): Promise<FoundTarget> {
  const brakes = await listBrakesInReach(manager);
  const found = brakes.find(({ scope, scope_id: id }) => scope === asked.scope && id === asked.id);
  if (found !== undefined) return targetOf(found);
  const { label } = await findTarget(manager, asked);
  throw new ManageError('not_stopped', `No kill switch is set for ${label}`);
}

/** The kill switches that are set; a tenant's own, and those over everything. */
export async function listBrakesInReach(
  manager: Pick<Manager, 'db' | 'tenant'>,
): Promise<NamedBrake[]> {
  const brakes = await listBrakes(manager.db);
  return brakes.filter(({ owner }) => owner === null || isInReach(manager, owner));
}

/** A brake's target with the words for it. */
export function targetOf({ scope, scope_id: id, name, isGone }: NamedBrake): FoundTarget {
  if (scope === 'everything') return { scope, id, label: scope };
  return { scope, id, label: `${scope} "${name ?? id}"${isGone ? ' (deleted)' : ''}` };
}
