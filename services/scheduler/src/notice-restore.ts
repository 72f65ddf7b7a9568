import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { isRestored, type RestoreRow } from '@orderlane/db/restores';
import { meetRestoreAloud } from '@orderlane/manage/meet-restore';

export interface NoticeDeps {
  db: Db;
  onRestored(restore: RestoreRow): void;
}

/**
 * Ends what was queued in a restored database, before anything else here can end it for another reason.
 * Returns the orders whose jobs are dead.
 */
export async function noticeRestore({ db, onRestored }: NoticeDeps): Promise<DueOrder[]> {
  if (!(await isRestored(db))) return [];
  const met = await db.transaction().execute(meetRestoreAloud);
  if (met === undefined) return [];
  onRestored(met.restore);
  return met.ended;
}
