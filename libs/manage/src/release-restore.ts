import { raiseAlert } from '@orderlane/db/alerts';
import { countOrdersUnder, type MetOrders } from '@orderlane/db/braked-orders';
import {
  findOpenRestore,
  markRestored,
  type RestoreRow,
  releaseRestore,
} from '@orderlane/db/restores';
import { count } from './brake-words.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { meetRestoreAloud } from './meet-restore.ts';
import { recordChange } from './record-change.ts';

const everything = { scope: 'everything', id: 0 } as const;

export interface ReleasedRestore {
  restore: RestoreRow;
  /** What goes out now. */
  met: MetOrders;
}

/**
 * Lets a restored database trade again, where it is now. What was queued in the backup is ended before,
 * if no scheduler has done it yet. @throws ManageError not_restored
 */
export async function releaseRestored(manager: Manager): Promise<ReleasedRestore> {
  const { db, who } = manager;
  await meetRestoreAloud(db);
  const restore = await releaseRestore(db, who);
  if (restore === undefined) throw new ManageError('not_restored');
  const met = await countOrdersUnder(db, everything);
  const exits = count(met.freeExits, 'exit');
  await raiseAlert(db, {
    code: 'brake_released',
    subject: `restore ${restore.id}`,
    text: `The restored database was released by ${who}: orders are sent again; ${exits} that came meanwhile go out now`,
  });
  await recordChange(manager, {
    what: 'restore.release',
    subject: `restore ${restore.id}`,
    before: restoreData(restore),
  });
  return { restore, met };
}

/** Halts a database that was put back as a copy of files, which looks like the original from inside. */
export async function markRestoredDatabase(manager: Manager): Promise<RestoreRow> {
  const { db, who } = manager;
  await markRestored(db, who);
  await meetRestoreAloud(db);
  const restore = await findOpenRestore(db);
  if (restore === undefined) throw new Error('A restore that was marked is not there');
  await recordChange(manager, {
    what: 'restore.mark',
    subject: `restore ${restore.id}`,
    after: restoreData(restore),
  });
  return restore;
}

/** A restore as programs get it and as the audit log keeps it. */
export function restoreData(restore: RestoreRow) {
  const { id, found_at, backup_at, void_entries, exits_to_plan, unknown_orders } = restore;
  return { id, found_at, backup_at, void_entries, exits_to_plan, unknown_orders };
}
