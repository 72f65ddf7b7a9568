import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { type MetRestore, meetRestore } from '@orderlane/db/restores';
import { count } from './brake-words.ts';

/** Meets a restored database, once, and tells people, in the caller's transaction. */
export async function meetRestoreAloud(db: Db): Promise<MetRestore | undefined> {
  const met = await meetRestore(db);
  if (met === undefined) return undefined;
  const { id, backup_at, void_entries, exits_to_plan, unknown_orders } = met.restore;
  const upTo = backup_at?.toISOString() ?? 'an unknown instant';
  const parts = [
    `The database was restored: it remembers what happened up to ${upTo}, and nothing is sent`,
    ...(void_entries > 0
      ? [`${count(void_entries, 'queued entry is', 'queued entries are')} void`]
      : []),
    ...(exits_to_plan > 0
      ? [
          `${count(exits_to_plan, 'queued exit is', 'queued exits are')} planned again after the release`,
        ]
      : []),
    ...(unknown_orders > 0
      ? [`of ${count(unknown_orders, 'order')} it is not known whether the broker has it`]
      : []),
    'Compare with the broker (orderlane restore), then: orderlane restore release',
  ];
  await raiseAlert(db, {
    code: 'database_restored',
    subject: `restore ${id}`,
    text: parts.join('; '),
  });
  return met;
}
